"""The set-based loader against the rules read literally: rows handled one by one in file order."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etotu.loading import reading
from etotu.models import Notice, QuarantineRow
from etotu.tests.making import LEMPI, SEIJA, TAUNO, everything, loaded, notice, xml

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Row:
    number: str
    version: int
    note: str
    kunta: str
    code: str
    faulty: bool

    def as_xml(self) -> str:
        family = "" if self.faulty else "Demolainen"
        return notice(self.number, self.version, note=self.note, kunta=self.kunta, code=self.code, family=family)


@dataclass
class OneByOne:
    """Handles a row at a time, as the exchange format says it."""

    stored: dict[str, Row] = field(default_factory=dict)
    versions: dict[str, list[str]] = field(default_factory=dict)
    # by number and person: rows of two people under one number are both looked at
    waiting: dict[tuple[str, str], Row] = field(default_factory=dict)

    def handle(self, row: Row) -> Counter[str]:
        current = self.stored.get(row.number)
        if current is not None and (row.code, row.kunta) != (current.code, current.kunta):
            self.quarantine(row)
            return Counter(["received", "quarantined"])
        if current and row.version == current.version:
            content = [(r.note, r.code, r.kunta, r.faulty) for r in (row, current)]
            return Counter(["received", "duplicate"] + ["flagged"] * (content[0] != content[1]))
        if current and row.version < current.version:
            return Counter(["received", "stale"])
        if row.faulty or (current and row.version > current.version + 1000):
            self.quarantine(row)
            return Counter(["received", "quarantined"])
        self.stored[row.number] = row
        self.versions.setdefault(row.number, []).append(row.note)
        open_row = self.waiting.get((row.number, row.code))
        if open_row and row.version >= open_row.version:
            del self.waiting[row.number, row.code]
        return Counter(["received", "updated" if current else "accepted"])

    def quarantine(self, row: Row) -> None:
        open_row = self.waiting.get((row.number, row.code))
        if open_row is None or row.version >= open_row.version:
            self.waiting[row.number, row.code] = row


ROWS = st.builds(
    Row,
    number=st.sampled_from(["K1", "K2"]),
    version=st.sampled_from([1, 2, 3, 4, 1002, 1003, 2_147_483_647]),
    note=st.sampled_from(["a", "b"]),
    kunta=st.sampled_from(["297", "297", "297", "837"]),
    code=st.sampled_from([SEIJA, SEIJA, TAUNO, LEMPI]),
    faulty=st.booleans(),
)
FILES = st.lists(st.lists(ROWS, min_size=1, max_size=7), min_size=1, max_size=3)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, rows=st.sampled_from([1, 2, 3, 500]))
def test_counts_and_contents_are_those_of_handling_rows_one_by_one(files: list[list[Row]], rows: int, db: Any) -> None:
    """Wherever a chunk of the file ends."""
    from django.db import transaction

    with transaction.atomic(), patch.multiple(reading, ROWS_AT_ONCE=rows, CHUNK_ROWS=rows):
        _compare(files)
        transaction.set_rollback(True)


def _compare(files: list[list[Row]]) -> None:
    model = OneByOne()
    for number, rows in enumerate(files):
        expected: Counter[str] = sum((model.handle(row) for row in rows), Counter())
        batch = loaded(xml(*(row.as_xml() for row in rows), code=f"ERA-{number}"))
        found = Counter({name: getattr(batch, name) for name in ("received", *OUTCOMES)})
        assert +found == expected, f"file {number} of {files}"
    with everything():
        _compare_contents(model)


OUTCOMES = ("accepted", "updated", "duplicate", "stale", "quarantined", "flagged")


def _compare_contents(model: OneByOne) -> None:
    notices = {n.number: n for n in Notice.objects.all()}
    assert {key: (n.version, n.content["note"]) for key, n in notices.items()} == {
        key: (row.version, row.note) for key, row in model.stored.items()
    }
    for key, found in notices.items():
        old = found.history.order_by("pgh_id").values_list("version", "content__note")  # type: ignore[attr-defined]
        # by version: a mark that the same version differs leaves a history row of its own
        told = dict(old) | {found.version: found.content["note"]}
        assert list(told.values()) == model.versions[key]
    waiting = QuarantineRow.objects.filter(state="open")
    assert sorted((row.number, row.version) for row in waiting) == sorted(
        (r.number, r.version) for r in model.waiting.values()
    )

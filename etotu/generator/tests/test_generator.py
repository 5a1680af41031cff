import hashlib
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from core.identity_code import parse
from etotu.generator import GeneratedBatch, generate
from etotu.generator.batch import Format
from etotu.parsing import KINDS, open_batch
from etotu.parsing.values import HELSINKI
from etotu.tests.notices import checked, read

DAY = date(2018, 10, 15)
RECEIVED = datetime(2018, 10, 15, 4, 0, tzinfo=UTC)


def test_the_same_arguments_give_the_same_bytes() -> None:
    first = b"".join(generate(["837", "211"], 300, DAY, 5, errors=0.1))
    assert first == b"".join(generate(["837", "211"], 300, DAY, 5, errors=0.1))
    assert first != b"".join(generate(["837", "211"], 300, DAY, 6, errors=0.1))


@settings(max_examples=25)
@given(
    st.integers(0, 10**6),
    st.integers(0, 400),
    st.dates(date(2017, 1, 2), date(2027, 12, 31)),
    st.sampled_from(["xml", "csv"]),
    st.sampled_from([None, 1, 50]),
)
def test_what_is_made_can_be_read_and_has_its_counts(
    seed: int, count: int, day: date, form: Format, people: int | None
) -> None:
    batch = GeneratedBatch(
        ["837", "005"], count, day, seed, errors=0.1, versions=0.1, duplicates=0.1, form=form, people=people
    )
    opened = open_batch(batch.chunks(), file_name="x")
    rows = list(opened)
    received_at = datetime(day.year, day.month, day.day, 6, tzinfo=HELSINKI)
    assert len(rows) == count
    assert opened.envelope.declared_count in (None, count)
    quarantined = [bool(checked(raw, received_at).faults) for raw in rows]
    assert quarantined.count(True) == batch.counts["quarantined"]
    good = [raw for raw, faulty in zip(rows, quarantined, strict=True) if not faulty]
    assert not any(checked(raw, received_at).flags for raw in good)
    found: Counter[str] = Counter()
    versions: dict[str, tuple[int, bytes]] = {}
    for raw in good:
        version = (raw.versio or 0, raw.content.content_hash)
        known = versions.get(raw.tunnus)
        found["accepted" if known is None else "duplicate" if known == version else "updated"] += 1
        assert known is None or known == version or known[0] + 1 == version[0]
        versions[raw.tunnus] = version
    assert found + Counter() == Counter({key: n for key, n in batch.counts.items() if key != "quarantined" and n})


def test_types_have_their_shares() -> None:
    kinds = Counter(raw.content.kind for raw in read(generate(["837"], 4000, DAY)))
    assert set(kinds) == set(KINDS)
    assert abs(kinds["HAKEMUS"] / 4000 - 0.51) < 0.04
    assert abs(kinds["ALENNETTU_PERUSOSA"] / 4000 - 0.20) < 0.04


def test_people_are_made_up_and_come_again() -> None:
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    rows = read(generate(["837", "211"], 3000, DAY))
    for raw in rows:
        assert raw.content.person
        code = parse(raw.content.person.identity_code)
        assert code.artificial
        assert 18 <= code.age_on(DAY) <= 86
        people[raw.content.municipality, code.text].add(repr(raw.content.person.family_name))
    assert all(len(names) == 1 for names in people.values())
    assert 1.8 < len(rows) / len(people) < 4
    languages = Counter(raw.content.person.language for raw in rows if raw.content.person)
    assert languages["sv"] > 50
    assert any(raw.content.person.non_disclosure for raw in rows if raw.content.person)
    assert any(raw.content.attachments for raw in rows)
    assert any(raw.content.urgent for raw in rows)


def test_days_share_their_people() -> None:
    days = [
        {
            raw.content.person.identity_code
            for raw in read(generate(["837"], 200, day, people=100))
            if raw.content.person
        }
        for day in (DAY, date(2018, 12, 31), date(2019, 1, 15))
    ]
    assert len(days[0] & days[1] & days[2]) > 20


def test_notices_of_different_batches_have_different_numbers() -> None:
    first, second = ({raw.tunnus for raw in read(generate(["837"], 100, DAY, seed))} for seed in (1, 2))
    assert not first & second


class TestCommand:
    def test_writes_a_file(self, tmp_path: Path) -> None:
        out = tmp_path / "era.csv"
        call_command("etotu_generate", str(out), "--kunta", "297", "--count", "10", "--seed", "3")
        assert len(read(out.read_bytes())) == 10
        assert out.read_bytes().startswith(b"tunnus;")

    def test_writes_to_standard_output(self, monkeypatch: pytest.MonkeyPatch) -> None:
        buffer = BytesIO()
        monkeypatch.setattr("sys.stdout", TextIOWrapper(buffer))
        call_command("etotu_generate", "-", "--kunta", "297,320", "--count", "7", "--date", "2018-10-15")
        made = b"".join(generate(["297", "320"], 7, DAY))
        assert hashlib.sha256(buffer.getvalue()).digest() == hashlib.sha256(made).digest()

    @pytest.mark.parametrize(
        "arguments",
        [
            ["--kunta", "29", "--count", "1"],
            ["--kunta", "297", "--count", "-1"],
            ["--kunta", "297", "--count", "1", "--errors", "2"],
            ["--kunta", "297", "--count", "1", "--date", "15.10.2018"],
            ["--kunta", "297", "--count", "1", "--errors", "0.6", "--versions", "0.6"],
        ],
    )
    def test_says_what_is_wrong_with_its_arguments(self, arguments: list[str], tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            call_command("etotu_generate", str(tmp_path / "x.xml"), *arguments)

    def test_says_when_it_cannot_write(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be written"):
            call_command("etotu_generate", str(tmp_path / "ei" / "x.xml"), "--kunta", "297", "--count", "1")

"""What the parser gives: the envelope of a batch, and its notices as typed content with what could not be read."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from etotu.faults import Flag, RowFault
from etotu.parsing.attachments import Attachment

Dialect = Literal["xml", "csv"]
# the values of a notice as received, by the names of the format: texts, blocks of texts, lists of blocks
Values = dict[str, Any]

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Envelope:
    """A CSV file has neither a time of sending nor a declared count."""

    sender: str
    batch_code: str
    sent_at: datetime | None
    declared_count: int | None


# without repr, here and below: what is printed may end up in a log
@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """As Kela gave it. Missing texts are empty."""

    identity_code: str
    family_name: str
    given_names: str
    language: str
    phone: str
    street: str
    postal_code: str
    post_office: str
    home_municipality: str
    non_disclosure: bool
    # unknown elements, name to text
    other: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Expense:
    kind: str
    cents: int | None


@dataclass(frozen=True, slots=True)
class Application:
    """An application for supplementary or preventive social assistance; `received` by Kela."""

    received: date | None
    decision_date: date | None
    period_start: date | None
    period_end: date | None
    expenses: tuple[Expense, ...]


@dataclass(frozen=True, slots=True)
class Reduction:
    """Of the basic amount, in whole per cent; `ends` None: until further notice."""

    percent: int | None
    starts: date | None
    ends: date | None
    ground: str


@dataclass(frozen=True, slots=True)
class Need:
    reason: str
    wants_discussion: bool
    discussion_requested_on: date | None


@dataclass(frozen=True, slots=True)
class Unemployment:
    months: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """A notice without its number and version. `created_at` is in UTC.

    `unread` holds texts that could not be read as received, by field: they count in the hash and are never stored
    outside quarantine, since a notice that has any does not get past the checks.
    """

    kind: str
    municipality: str
    urgent: bool
    created_at: datetime | None
    person: Person | None
    application: Application | None
    reduction: Reduction | None
    need: Need | None
    unemployment: Unemployment | None
    note: str
    attachments: tuple[Attachment, ...]
    # unknown elements and attributes outside the person, path to text
    other: Mapping[str, str]
    unread: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """For a JSON column: without attachments, unread texts and, but for turvakielto, the person."""
        return {
            "kind": self.kind,
            "municipality": self.municipality,
            "urgent": self.urgent,
            "created_at": _iso(self.created_at),
            "application": _application(self.application),
            "reduction": _reduction(self.reduction),
            "need": _need(self.need),
            "unemployment": {"months": self.unemployment.months} if self.unemployment else None,
            "note": self.note,
            "other": dict(self.other),
            # nothing else of the person: a version that came elsewhere must be able to tell it (`etotu.hops`)
            **({"non_disclosure": True} if self.person and self.person.non_disclosure else {}),
        }

    def json_and_hash(self) -> tuple[str, bytes]:
        """`as_json` as text, and `content_hash`: together at the cost of one."""
        text = _encode(self.as_json())
        parts = [text, *_person(self.person)]
        for one in self.attachments:
            parts += (one.name, one.mime, str(one.size), one.sha256.hex())
        for field, unread in self.unread.items():
            parts += (field, unread)
        return text, hashlib.sha256(_encode(parts).encode("utf-8", "surrogatepass")).digest()

    @property
    def content_hash(self) -> bytes:
        """SHA-256 over everything, person and attachments too. The person can be guessed from it: store it keyed."""
        return self.json_and_hash()[1]


@dataclass(frozen=True, slots=True, repr=False)
class RawNotice:
    """A notice as it stands in its file, before the checks.

    `values` is the row as received, JSON-able, without attachments: what quarantine keeps, and what
    `etotu.parsing.read_values` reads again. `broken`: the row's form is lost (`faults` says how) and only number,
    version, kind and municipality may be right.
    """

    position: int
    line: int
    tunnus: str
    versio: int | None
    content: Content
    faults: tuple[RowFault, ...]
    flags: tuple[Flag, ...]
    values: Values
    dialect: Dialect
    broken: bool = False


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _application(block: Application | None) -> dict[str, Any] | None:
    if block is None:
        return None
    return {
        "received": _iso(block.received),
        "decision_date": _iso(block.decision_date),
        "period_start": _iso(block.period_start),
        "period_end": _iso(block.period_end),
        "expenses": [{"kind": expense.kind, "cents": expense.cents} for expense in block.expenses],
    }


def _reduction(block: Reduction | None) -> dict[str, Any] | None:
    if block is None:
        return None
    return {
        "percent": block.percent,
        "starts": _iso(block.starts),
        "ends": _iso(block.ends),
        "ground": block.ground,
    }


def _need(block: Need | None) -> dict[str, Any] | None:
    if block is None:
        return None
    return {
        "reason": block.reason,
        "wants_discussion": block.wants_discussion,
        "discussion_requested_on": _iso(block.discussion_requested_on),
    }


def _person(person: Person | None) -> list[str]:
    if person is None:
        return []
    return [
        person.identity_code,
        person.family_name,
        person.given_names,
        person.language,
        person.phone,
        person.street,
        person.postal_code,
        person.post_office,
        person.home_municipality,
        "1" if person.non_disclosure else "",
        *(text for pair in person.other.items() for text in pair),
    ]

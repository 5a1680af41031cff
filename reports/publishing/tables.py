"""A published table as a value, and as the JSON in which an edition keeps it.

Its words stand in each language of the program, so that an edition reads the same for ever. A hidden number is the
reason why it is hidden.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final, Self

from django.conf import settings
from django.utils import timezone, translation

from core.spread import Spread
from core.suppression import Reason
from reports.publishing.periods import EditionPeriod

Words = dict[str, str]
Number = int | Reason


class Kind(StrEnum):
    WORK = "work"  # counts of work: exact
    TRAIT = "trait"  # by clients' traits: suppressed and audited


class Column(StrEnum):
    COUNT = "count"
    BASE = "base"


def in_each_language(words: Callable[[], str]) -> Words:
    return {language: _in(language, words) for language, _name in settings.LANGUAGES}


def here(words: Words) -> str:
    """In the language of the reader."""
    return words.get(translation.get_language() or "", "") or next(iter(words.values()), "")


def _in(language: str, words: Callable[[], str]) -> str:
    with translation.override(language):
        return words()


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    label: Words
    count: Number
    base: Number | None = None
    spread: Spread | None = None

    @property
    def shown(self) -> bool:
        return isinstance(self.count, int) and not isinstance(self.base, Reason)

    @property
    def out(self) -> Number | None:
        """Those of the base that the count does not count."""
        if self.base is None:
            return None
        return self.base - self.count if isinstance(self.count, int) and isinstance(self.base, int) else Reason.SMALL

    def hiding(self, reason: Reason) -> Self:
        return replace(self, count=reason, base=None if self.base is None else reason, spread=None)

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"key": self.key, "label": self.label, "count": self.count}
        if self.base is not None:
            found["base"] = self.base
        if self.spread:
            found["spread"] = [self.spread.n, self.spread.low, self.spread.median, self.spread.high]
        return found

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Self:
        base = found.get("base")
        spread = Spread(*found["spread"]) if "spread" in found else None
        return cls(
            found["key"], found["label"], _number(found["count"]), None if base is None else _number(base), spread
        )


@dataclass(frozen=True, slots=True)
class Table:
    """`n` is what the shares are of where the rows have no base of their own; it stands in `total` too where the rows
    exclude each other. `period` differs from that of the edition where a half-year is told in a longer one."""

    name: str
    kind: Kind
    period: EditionPeriod
    title: Words
    of: Words
    rows_are: Words
    counts_are: Words
    n: Number
    rows: tuple[Row, ...]
    total: Row | None = None
    notes: tuple[Words, ...] = ()
    unit: Words = field(default_factory=dict)
    withheld: bool = False
    """Whether nothing of it is told, because too much would have to be hidden."""
    smallest: int = 0
    """The smallest shown count that it was told with, of a table by traits."""
    since: str = ""
    """The day on which it was published first, where a later edition repeats it."""

    @property
    def id(self) -> tuple[str, str]:
        return self.name, self.period.key

    @property
    def hidden(self) -> list[Row]:
        return [row for row in self.rows if not row.shown]

    @property
    def is_empty(self) -> bool:
        return not self.withheld and self.n == 0

    def with_rows(self, rows: Iterable[Row]) -> Self:
        return replace(self, rows=tuple(rows))

    def as_withheld(self) -> Self:
        return replace(self, rows=(), n=Reason.COMPLEMENTARY, total=None, notes=(), withheld=True)

    def first_told(self, at: datetime.datetime) -> Self:
        return replace(self, since=timezone.localtime(at).date().isoformat())

    def same_numbers(self, other: Self) -> bool:
        return [row.as_json() | {"label": 0} for row in (*self.rows, *self._total)] == [
            row.as_json() | {"label": 0} for row in (*other.rows, *other._total)
        ] and (self.n, self.withheld) == (other.n, other.withheld)

    @property
    def _total(self) -> tuple[Row, ...]:
        return (self.total,) if self.total else ()

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "kind": self.kind,
            "period": [self.period.first.isoformat(), self.period.last.isoformat()],
            **{name: getattr(self, name) for name in PLAIN},
            "notes": list(self.notes),
            "rows": [row.as_json() for row in self.rows],
            "total": self.total and self.total.as_json(),
        }

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Self:
        return cls(
            name=found["name"],
            kind=Kind(found["kind"]),
            period=EditionPeriod(*map(datetime.date.fromisoformat, found["period"])),
            **{name: found[name] for name in PLAIN if name != "n"},
            n=_number(found["n"]),
            notes=tuple(found["notes"]),
            rows=tuple(map(Row.read, found["rows"])),
            total=Row.read(found["total"]) if found["total"] else None,
        )


PLAIN: Final = ("title", "of", "rows_are", "counts_are", "n", "unit", "withheld", "smallest", "since")


def trait_tables(tables: Iterable[Table]) -> Iterator[Table]:
    return (table for table in tables if table.kind == Kind.TRAIT)


def _number(found: int | str) -> Number:
    return Reason(found) if isinstance(found, str) else found

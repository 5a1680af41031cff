"""A figure is a value: counted rows with their denominator, before it is a table, bars, JSON or CSV."""

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Generic, Self, TypeVar

from django.utils.formats import number_format
from django.utils.translation import gettext

from core.csv_export import Value, csv_bytes
from core.periods import Period
from core.spread import Spread

K = TypeVar("K", bound=Hashable)
"""The keys of a figure's rows: values of one type whose `str` is the text that files, scripts and addresses know."""


class Counted:
    """The words of a count and its share, for whatever has both."""

    __slots__ = ()
    count: int
    share: float | None

    @property
    def percent(self) -> float | None:
        """With one decimal, half of its last place upwards, as people round: pages and tables tell the same."""
        return None if self.share is None else math.floor(self.share * 1000 + 0.5) / 10

    @property
    def count_words(self) -> str:
        return number_format(self.count)


@dataclass(frozen=True, slots=True)
class Before(Counted):
    """What a row was in the period before."""

    count: int = 0
    base: int | None = None
    share: float | None = None
    spread: Spread | None = None


@dataclass(frozen=True, slots=True)
class FigureRow(Counted, Generic[K]):
    key: K
    label: str
    count: int
    link: str | None = None  # the list that `count` counts, for those who may open it
    base: int | None = None  # the row's own denominator, where it has one
    share: float | None = None  # 0–1 of `base`, else of the figure's n; None when of nothing
    spread: Spread | None = None  # of the days of those that `count` counts
    before: Before | None = None  # None too where there is no data of the period before

    @property
    def base_words(self) -> str:
        return "" if self.base is None else number_format(self.base)

    @property
    def has_base(self) -> bool:
        return self.base is not None

    def of(self, n: int) -> Self:
        """With its share."""
        whole = n if self.base is None else self.base
        return replace(self, share=self.count / whole if whole else None)

    def after(self, other: "FigureRow[Any] | None") -> Self:
        """With what the same row was before; one that was not there was zero."""
        if other is None:
            return replace(self, before=Before())
        before = Before(other.count, other.base, other.share, other.spread)
        return replace(self, before=before)


@dataclass(frozen=True, slots=True)
class Figure(Generic[K]):
    name: str
    title: str
    n: int
    denominator: str  # what n counts, in words
    rows: tuple[FigureRow[K], ...]
    notes: tuple[str, ...] = ()
    period: Period | None = None
    total: FigureRow[None] | None = None  # of rows that exclude each other; None where one may be in several rows
    unit: str = ""  # of the days of the rows' spread
    before: Period | None = None

    @classmethod
    def of_classes(
        cls,
        name: str,
        title: str,
        rows: Iterable[FigureRow[K]],
        denominator: str,
        *,
        notes: tuple[str, ...] = (),
        period: Period | None = None,
    ) -> Self:
        """Rows that exclude each other: n is their sum, of their bases where the rows have one."""
        rows = tuple(rows)
        n = sum(row.count if row.base is None else row.base for row in rows)
        based = any(row.base is not None for row in rows)
        total = FigureRow(None, gettext("Total"), sum(row.count for row in rows), base=n if based else None)
        shared = tuple(row.of(n) for row in rows)
        return cls(name, title, n, denominator, shared, notes, period, total.of(n))

    @classmethod
    def of_people(
        cls,
        name: str,
        title: str,
        rows: Iterable[FigureRow[K]],
        denominator: str,
        *,
        n: int,
        notes: tuple[str, ...] = (),
        period: Period | None = None,
    ) -> Self:
        """Rows of which one person may be in several: they do not add up to n."""
        return cls(name, title, n, denominator, tuple(row.of(n) for row in rows), notes, period)

    @property
    def heading(self) -> str:
        """ "Tavoitteet (N = 118)"."""
        return gettext("%(title)s (N = %(n)s)") % {"title": self.title, "n": number_format(self.n)}

    def compared_with(self, other: Self) -> Self:
        """With the same figure of the period before, each row beside its own."""
        rows = {row.key: row for row in other.rows}
        return replace(
            self,
            before=other.period,
            rows=tuple(row.after(rows.get(row.key)) for row in self.rows),
            total=self.total and self.total.after(other.total),
        )

    def as_json(self) -> dict[str, Any]:
        """The form that scripts rely on. Nothing of a live figure is suppressed: what leaves are published numbers."""
        rows = [_row_as_json(row) for row in self.rows]
        return {"name": self.name, "title": self.title, "n": self.n, "rows": rows, "suppressed": 0}

    def as_csv(self, people: str = "") -> bytes:
        """`people` says of whom it is, where it is not of everybody."""
        return csv_bytes(self._lines(people))

    def _lines(self, people: str) -> Iterable[Iterable[Value]]:
        rows: list[FigureRow[Any]] = [*self.rows, *([self.total] if self.total else [])]
        yield [self.heading]
        if self.period:
            yield [self.period.label]
        if people:
            yield [people]
        yield [self.denominator]
        based, spread = any(row.has_base for row in rows), any(row.spread for row in rows)
        heads = [gettext("Count"), *([gettext("Of")] if based else []), "%"]
        if spread:
            heads += [gettext("Median"), gettext("Lower quartile"), gettext("Upper quartile")]
        if self.before:
            heads += [f"{self.before.label}: {gettext('Count')}", f"{self.before.label}: %"]
            heads += [f"{self.before.label}: {gettext('Median')}"] if spread else []
        yield ["", *heads]
        yield from (self._line(row, based, spread) for row in rows)
        yield from ([note] for note in self.notes)

    def _line(self, row: FigureRow[Any], based: bool, spread: bool) -> list[Value]:
        cells: list[Value] = [row.label, row.count]
        cells += [row.base] if based else []
        cells += [row.percent]
        if spread:
            cells += [row.spread.median, row.spread.low, row.spread.high] if row.spread else ["", "", ""]
        if self.before:
            cells += _before(row.before, spread)
        return cells


def _before(before: Before | None, spread: bool) -> list[Value]:
    """A period of which there is no data has no numbers, not even zeros."""
    if before is None:
        return [gettext("no data"), "", *([""] if spread else [])]
    cells: list[Value] = [before.count, before.percent]
    return cells + ([before.spread.median if before.spread else ""] if spread else [])


def _row_as_json(row: FigureRow[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"key": str(row.key), "label": row.label, "count": row.count, "share": row.share}
    if row.spread:
        found |= {"median": row.spread.median, "low": row.spread.low, "high": row.spread.high}
    return found

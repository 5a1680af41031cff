"""The tables by clients' traits with their small rows hidden, and as few others as keep them hidden.

The rows of such a table exclude each other and its total is told, so what is hidden has a known sum. From that sum a
reader has for each hidden number a least and a largest value (`intervals`). `choosing` says which rows are hidden,
`inversion` proves that who knows that rule is left with three candidates for each, or has the table withheld.

Where all that is hidden is small, its word is "under 5". Else every hidden number of the table has the word that tells
no size: beside a word for the small ones it would tell that the others are not.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from core.suppression import Reason
from reports.publishing.choosing import ENDLESS, Parts, all_small, tells
from reports.publishing.inversion import Told, settled
from reports.publishing.tables import Number, Row, Table


@dataclass(frozen=True, slots=True)
class Interval:
    """Of a hidden number: what a reader can say of it who adds up the column."""

    key: str
    column: str
    least: int
    most: int
    reason: Reason

    def tells(self, smallest: int) -> bool:
        return tells(self.least, self.most, smallest, small=self.reason is Reason.SMALL)


def hide(table: Table, smallest: int) -> Table:
    """As it is told."""
    table = replace(table, smallest=smallest)
    numbers = tuple(map(parts, table.rows))
    hidden = settled(numbers, smallest)
    if hidden is None:
        return table.as_withheld()
    reason = Reason.SMALL if all_small(numbers, hidden, smallest) else Reason.COMPLEMENTARY
    rows = enumerate(table.rows)
    return table.with_rows(row.hiding(reason) if place in hidden else row for place, row in rows)


def parts(row: Row) -> Parts:
    """As the rule reads them."""
    return tuple(number for number in (row.count, row.out) if isinstance(number, int))


def as_told(table: Table, smallest: int) -> Told | None:
    """What is told of it, for the audit by inversion; None where nothing is hidden, or no total is told."""
    if table.withheld or table.total is None or not table.hidden:
        return None
    shown = tuple(parts(row) if row.shown else None for row in table.rows)
    told = [row for row in shown if row is not None]
    rest = tuple(whole - sum(row[place] for row in told) for place, whole in enumerate(parts(table.total)))
    return Told(shown, rest, all(row.count is Reason.SMALL for row in table.hidden), smallest)


def intervals(table: Table, smallest: int) -> list[Interval]:
    """Of every hidden number: counts, bases and the rests of bases."""
    total = table.total
    if total is None or table.withheld:
        return []
    found = [*_of_column(table.rows, "count", total.count, smallest, least=0 if total.base is not None else 1)]
    if total.base is not None:
        found += _of_column(table.rows, "base", total.base, smallest, least=1)
        found += _of_column(table.rows, "out", total.out, smallest, least=0)
    return found


def _of_column(
    rows: Collection[Row], column: str, total: Number | None, smallest: int, *, least: int
) -> Iterator[Interval]:
    if not isinstance(total, int):
        return
    rest = total - sum(getattr(row, column) for row in rows if row.shown)
    limits = {row.key: (least, _most(row, smallest)) for row in rows if not row.shown}
    lows, highs = (sum(limit[side] for limit in limits.values()) for side in (0, 1))
    for row in rows:
        if row.key in limits:
            low, high = limits[row.key]
            reason = row.count if isinstance(row.count, Reason) else Reason.COMPLEMENTARY
            yield Interval(row.key, column, max(low, rest - (highs - high)), min(high, rest - (lows - low)), reason)


def _most(row: Row, smallest: int) -> int:
    return smallest - 1 if row.count is Reason.SMALL else ENDLESS

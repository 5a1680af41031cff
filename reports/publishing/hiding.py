"""Which rows of a table by clients' traits are hidden: the small ones, and as few others as keep them hidden.

The rows of such a table exclude each other and its total is told, so what is hidden has a known sum. From that sum a
reader has for each hidden number a least and a largest value (`intervals`). Rows are hidden, the one with the fewest
first, until no interval tells too much; where that leaves no row with anybody in it, the table is withheld.

Where all that is hidden is small, its word is "under 5". Else every hidden number of the table has the word that tells
no size: beside a word for the small ones it would tell that the others are not.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from core.suppression import Reason
from reports.publishing.tables import Number, Row, Table

ENDLESS: Final = 10**12
ROOM: Final = 2
"""With less, two hidden numbers are known but for which is which."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Of a hidden number: what a reader can say of it who adds up the column."""

    key: str
    column: str
    least: int
    most: int
    reason: Reason

    def tells(self, smallest: int) -> bool:
        """Whether it leaves fewer than three numbers to choose from, or, where the word tells no size, no room on one
        of the sides of the smallest shown count."""
        if self.reason is Reason.SMALL:
            return self.most - self.least < ROOM
        return self.least >= smallest or self.most <= smallest


def hide(table: Table, smallest: int) -> Table:
    """As it is told."""
    table = replace(table, smallest=smallest)
    if isinstance(table.n, int) and 0 < table.n < smallest:
        return table.as_withheld()
    hidden = {row.key for row in table.rows if is_small(row, smallest)}
    while True:
        told = labelled(table, hidden, smallest)
        left = [row for row in table.rows if row.key not in hidden and size(row)]
        if hidden and not left:
            return table.as_withheld()
        if not any(one.tells(smallest) for one in intervals(told, smallest)):
            return told
        hidden.add(min(left, key=lambda row: (size(row), row.key)).key)


def is_small(row: Row, smallest: int) -> bool:
    """A row is hidden as a whole: its count, its base and the rest of the base."""
    return any(isinstance(n, int) and 0 < n < smallest for n in (row.count, row.base, row.out))


def size(row: Row) -> int:
    number = row.count if row.base is None else row.base
    return number if isinstance(number, int) else 0


def labelled(table: Table, hidden: Collection[str], smallest: int) -> Table:
    chosen = [row for row in table.rows if row.key in hidden]
    all_small = all(row.base is None and 0 < size(row) < smallest for row in chosen)
    reason = Reason.SMALL if all_small else Reason.COMPLEMENTARY
    return table.with_rows(row.hiding(reason) if row.key in hidden else row for row in table.rows)


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

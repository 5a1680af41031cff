"""Which rows are hidden, of plain numbers: what the rule reads, and nothing else (`hiding` makes tables of it).

Small rows are hidden, and others with them, the last of the table first. The order of the numbers decides nothing: who
knows that the fewest were taken would know that the next are not fewer. Rows are added until no interval tells too
much; where that leaves no row with anybody in it, the table is withheld.
"""

from collections.abc import Collection, Sequence
from typing import Final

Parts = tuple[int, ...]
"""Of a row: its count; where it has a base its count and the rest of the base."""

ENDLESS: Final = 10**12
ROOM: Final = 2
"""With less, a hidden number has fewer than three to be chosen from."""


def choose(rows: Sequence[Parts], smallest: int) -> frozenset[int] | None:
    """The places of the rows to hide; None: nothing may be told."""
    if 0 < sum(map(sum, rows)) < smallest:
        return None
    hidden = {place for place, row in enumerate(rows) if is_small(row, smallest)}
    if not hidden:
        return frozenset()
    left = [place for place, row in enumerate(rows) if sum(row) and place not in hidden]
    while left:
        if not some_column_tells(rows, hidden, smallest):
            return frozenset(hidden)
        hidden.add(left.pop())
    return None


def is_small(row: Parts, smallest: int) -> bool:
    """A row is hidden as a whole: its count, its base and the rest of the base."""
    return any(0 < n < smallest for n in (*row, sum(row)))


def all_small(rows: Sequence[Parts], hidden: Collection[int], smallest: int) -> bool:
    """Whether the word for the hidden ones may be "under 5"; not where rows have a base."""
    return all(len(rows[place]) == 1 and 0 < sum(rows[place]) < smallest for place in hidden)


def some_column_tells(rows: Sequence[Parts], hidden: Collection[int], smallest: int) -> bool:
    small = all_small(rows, hidden, smallest)
    most = smallest - 1 if small else ENDLESS
    for rest, least in columns([rows[place] for place in hidden]):
        others = len(hidden) - 1
        low, high = max(least, rest - others * most), min(most, rest - others * least)
        if tells(low, high, smallest, small=small):
            return True
    return False


def columns(rows: Sequence[Parts]) -> list[tuple[int, int]]:
    """The sum of each column of the hidden rows, with the least that one number in it may be: nobody hides a zero."""
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return [(sums[0], 1)] if len(sums) == 1 else [(sums[0], 0), (sums[1], 0), (sum(sums), 1)]


def tells(low: int, high: int, smallest: int, *, small: bool) -> bool:
    """Whether an interval leaves fewer than three numbers to choose from, or, where the word tells no size, no room on
    one of the sides of the smallest shown count."""
    return high - low < ROOM if small else low >= smallest or high <= smallest

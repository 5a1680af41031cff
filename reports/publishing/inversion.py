"""The audit by inversion: what is left of the hidden numbers for a reader who knows the rule by which they are hidden.

Such a reader tries every table that would be told in the same words and numbers. So for each hidden number tables are
looked for that are told the same and have another number there, until there are three of them. Where there are not, the
table is withheld. Only what is told decides it: so all tables that are told the same end the same, and what was proved
of one holds for all of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import Final

from reports.publishing.choosing import Parts, all_small, choose

CANDIDATES: Final = 3
TRIALS: Final = 60
"""Of the other hidden rows, for one number and one row that takes the rest. What is not found counts as not there."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader sees: `shown` has None in the place of a hidden row, `rest` the sums of the hidden ones."""

    shown: tuple[Parts | None, ...]
    rest: Parts
    small: bool
    smallest: int

    @classmethod
    def of(cls, rows: tuple[Parts, ...], hidden: frozenset[int], smallest: int) -> "Told":
        shown = tuple(None if place in hidden else row for place, row in enumerate(rows))
        rest = tuple(map(sum, zip(*(rows[place] for place in sorted(hidden)), strict=True)))
        return cls(shown, rest, all_small(rows, hidden, smallest), smallest)

    @property
    def places(self) -> frozenset[int]:
        return frozenset(place for place, row in enumerate(self.shown) if row is None)


def settled(rows: tuple[Parts, ...], smallest: int) -> frozenset[int] | None:
    """The places to hide; None where the table is withheld."""
    hidden = choose(rows, smallest)
    return hidden if not hidden or keeps_unknown(Told.of(rows, hidden, smallest)) else None


@lru_cache(maxsize=2048)
def keeps_unknown(told: Told) -> bool:
    """Whether every hidden number has three candidates at least."""
    return all(enough_of(told, place) for place in sorted(told.places))


def enough_of(told: Told, place: int) -> bool:
    """Of a row with a base: of its count, its base and the rest of it."""
    found: set[Parts] = set()
    for own in possible(told):
        if any(is_told_so(told, rows) for rows in completions(told, place, own)):
            found.add(own)
            if all(len(numbers) >= CANDIDATES for numbers in numbers_of(found)):
                return True
    return False


def numbers_of(found: set[Parts]) -> list[set[int]]:
    columns = [set(column) for column in zip(*found, strict=True)]
    return columns if len(columns) == 1 else [*columns, {sum(own) for own in found}]


def possible(told: Told) -> list[Parts]:
    """Small ones and, beside small ones in the other rows, large ones."""
    low = range(2 * told.smallest if len(told.rest) == 1 else told.smallest + 2)
    each = [sorted({n for n in (*low, *(rest - n for n in low)) if 0 <= n <= rest}) for rest in told.rest]
    return [own for own in product(*each) if sum(own)]


def completions(told: Told, place: int, own: Parts) -> Iterator[tuple[Parts, ...]]:
    """Tables with these numbers in the place: one other hidden row takes what the rest leave."""
    others = sorted(told.places - {place})
    small = [one for one in product(range(told.smallest + 2), repeat=len(told.rest)) if sum(one)]
    for taker in others:
        free = [one for one in others if one != taker]
        for numbers in islice(product(small, repeat=len(free)), TRIALS):
            left = tuple(rest - sum(column) for rest, *column in zip(told.rest, own, *numbers, strict=True))
            if min(left) >= 0 and sum(left):
                filled = {place: own, taker: left, **dict(zip(free, numbers, strict=True))}
                yield tuple(filled[at] if row is None else row for at, row in enumerate(told.shown))


def is_told_so(told: Told, rows: tuple[Parts, ...]) -> bool:
    """Whether the rule makes the same of these numbers."""
    hidden = choose(rows, told.smallest)
    return hidden == told.places and all_small(rows, hidden, told.smallest) == told.small

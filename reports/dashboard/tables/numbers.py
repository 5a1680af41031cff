"""A count in a cell of a table that is wider than a row and its share, and the list that the count opens."""

from dataclasses import dataclass
from typing import TypeVar

from reports.figures.definition import Listing
from reports.figures.keys import RowKey
from reports.figures.question import Question

K = TypeVar("K", bound=RowKey)


@dataclass(frozen=True, slots=True)
class Number:
    label: str
    count: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class NumberRow:
    label: str
    numbers: list[Number]

    @property
    def total(self) -> int:
        return sum(number.count for number in self.numbers)


def number(label: str, count: int, listing: Listing[K], key: K, question: Question) -> Number:
    """Nothing opens of nothing."""
    return Number(label, count, listing.link(key, question) if count else None)

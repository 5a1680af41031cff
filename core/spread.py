"""The middle and the spread of whole days, counted from how many there are of each."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `n` values, half are at most `median`, a quarter at most `low` and three quarters at most `high`."""

    n: int
    low: int
    median: int
    high: int


def spread_of(counts: Mapping[int, int]) -> Spread | None:
    """From value to how many have it; None of nothing. The quartiles are values that were observed."""
    n = sum(counts.values())
    if not n:
        return None
    return Spread(n, _at(counts, n, 1), _at(counts, n, 2), _at(counts, n, 3))


def _at(counts: Mapping[int, int], n: int, quarter: int) -> int:
    """The smallest value such that so many quarters of all are at most it."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed * 4 >= n * quarter:
            return value
    raise ValueError("the counts do not add up")

"""An even pace for work that has its days: nothing late, no day heavier than it must be."""

from collections.abc import Sequence


def even_pace(due: Sequence[int]) -> list[int]:
    """How many to do on each day, when `due[i]` of them must be done by the end of day `i`.

    The heaviest day is as light as can be: each day takes the greatest average that the days up to some later one
    demand, and what is done ahead leaves the later days.
    """
    left = list(due)
    pace = []
    for day in range(len(left)):
        ahead, demand = 0, 0
        for days, count in enumerate(left[day:], start=1):
            ahead += count
            demand = max(demand, -(-ahead // days))
        pace.append(demand)
        _take(left, day, demand)
    return pace


def _take(left: list[int], day: int, n: int) -> None:
    """Take the `n` that are due first."""
    for place in range(day, len(left)):
        taken = min(n, left[place])
        left[place] -= taken
        n -= taken

"""Spreads of days: quartiles of numbers that people were really served within."""

from hypothesis import given
from hypothesis import strategies as st

from core.spread import spread_of


@given(st.lists(st.integers(0, 60), min_size=1, max_size=60))
def test_the_quartiles_are_days_within_which_so_many_quarters_are(days: list[int]) -> None:
    spread = spread_of({day: days.count(day) for day in days})
    assert spread is not None
    assert spread.n == len(days)
    for quarters, value in ((1, spread.low), (2, spread.median), (3, spread.high)):
        within = sum(day <= value for day in days)
        less = sum(day < value for day in days)
        assert within * 4 >= len(days) * quarters > less * 4


def test_the_spread_of_nothing_is_nothing() -> None:
    assert spread_of({}) is None

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from core.levelling import even_pace

WORK = st.lists(st.integers(0, 500), min_size=1, max_size=12)


def test_a_peak_at_the_end_of_the_week_is_spread_over_the_days_before() -> None:
    assert even_pace([0, 0, 0, 0, 100]) == [20, 20, 20, 20, 20]


def test_what_is_due_today_is_done_today() -> None:
    assert even_pace([30, 0, 0, 10]) == [30, 4, 3, 3]


@given(WORK)
def test_nothing_is_late_and_everything_is_done(due: list[int]) -> None:
    pace = even_pace(due)
    done, needed = list(accumulate(pace)), list(accumulate(due))
    assert all(d >= n for d, n in zip(done, needed, strict=True))
    assert done[-1] == needed[-1]


@given(WORK)
def test_no_plan_that_is_in_time_has_a_lighter_heaviest_day(due: list[int]) -> None:
    least = max(-(-total // days) for days, total in enumerate(accumulate(due), start=1))
    assert max(even_pace(due)) == least

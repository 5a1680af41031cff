from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import (
    WorkingDayReading,
    counting,
    eves,
    is_working_day,
    nth_working_day,
    public_holidays,
    working_days_between,
    working_days_since,
)

STRICT, WIDE = WorkingDayReading.STRICT, WorkingDayReading.WIDE
DAY = timedelta(days=1)
days = st.dates(date(2010, 1, 1), date(2040, 12, 31))
numbers = st.integers(1, 40)

# arrival, 7th working day wide, strict, urgent at latest
VECTORS = """
2018-01-02  2018-01-11  2018-01-11  2018-01-03
2018-01-05  2018-01-16  2018-01-16  2018-01-08
2018-03-26  2018-04-06  2018-04-06  2018-03-27
2018-04-27  2018-05-09  2018-05-09  2018-04-30
2018-06-15  2018-06-27  2018-06-26  2018-06-18
2018-06-21  2018-07-03  2018-07-02  2018-06-25
2018-06-23  2018-07-03  2018-07-03  2018-06-25
2018-11-30  2018-12-12  2018-12-12  2018-12-03
2018-12-14  2018-12-28  2018-12-27  2018-12-17
2018-12-20  2019-01-04  2019-01-03  2018-12-21
2019-04-12  2019-04-25  2019-04-25  2019-04-15
"""


@pytest.mark.parametrize("line", VECTORS.strip().splitlines())
def test_deadlines_fall_on_the_days_of_the_rules(line: str) -> None:
    arrival, wide, strict, urgent = map(date.fromisoformat, line.split())
    assert nth_working_day(arrival, 7, WIDE) == wide
    assert nth_working_day(arrival, 7, STRICT) == strict
    assert {nth_working_day(arrival, 1, reading) for reading in WorkingDayReading} == {urgent}


@pytest.mark.parametrize(
    ("year", "working_days"),
    [
        (2017, 251),
        (2018, 251),
        (2019, 251),
        (2020, 253),
        (2021, 253),
        (2022, 253),
        (2023, 251),
        (2024, 252),
        (2027, 253),
    ],
)
def test_a_year_has_its_known_number_of_working_days(year: int, working_days: int) -> None:
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days


def test_eves_are_no_public_holidays_and_no_working_days() -> None:
    assert eves(2018) == {date(2018, 6, 22), date(2018, 12, 24)}
    assert not eves(2018) & public_holidays(2018)
    assert not any(map(is_working_day, eves(2018)))


@given(days)
def test_midsummer_eve_is_the_day_before_midsummer_day(day: date) -> None:
    eve = min(eves(day.year))
    assert (eve + DAY).weekday() == 5
    assert eve + DAY in public_holidays(day.year)


@given(days, numbers, st.sampled_from(WorkingDayReading))
def test_a_deadline_is_a_working_day_after_arrival(arrival: date, n: int, reading: WorkingDayReading) -> None:
    due = nth_working_day(arrival, n, reading)
    assert due > arrival
    assert is_working_day(due)


@given(days, numbers)
def test_the_strict_day_is_never_after_the_wide_one(arrival: date, n: int) -> None:
    assert nth_working_day(arrival, n, STRICT) <= nth_working_day(arrival, n, WIDE)


@given(days, numbers)
def test_the_wide_day_has_exactly_that_many_working_days_before_it(arrival: date, n: int) -> None:
    assert working_days_between(arrival, nth_working_day(arrival, n, WIDE)) == n


@given(days, days, numbers, numbers, st.sampled_from(WorkingDayReading))
def test_later_arrival_or_more_days_never_make_an_earlier_deadline(
    one: date, other: date, few: int, many: int, reading: WorkingDayReading
) -> None:
    (one, other), (few, many) = sorted((one, other)), sorted((few, many))
    assert nth_working_day(one, few, reading) <= nth_working_day(other, few, reading)
    assert nth_working_day(one, few, reading) <= nth_working_day(one, many, reading)


@given(days, st.integers(-5, 800))
def test_days_between_are_those_counted_one_by_one(start: date, length: int) -> None:
    one_by_one = sum(is_working_day(start + n * DAY) for n in range(1, length + 1))
    assert working_days_between(start, start + length * DAY) == one_by_one


@pytest.mark.parametrize("day", ["2018-11-13", "2018-11-11"])
def test_nothing_lies_between_a_day_and_itself_or_one_before(day: str) -> None:
    end = date.fromisoformat(day)
    for start in (end, end + DAY, end + 40 * DAY, date(2019, 1, 7)):
        assert working_days_between(start, end) == 0


@given(days, st.integers(-5, 800))
def test_days_since_are_the_working_days_from_the_first_to_the_last_one_by_one(start: date, length: int) -> None:
    every = [start + n * DAY for n in range(length + 1)]
    assert working_days_since(start, start + length * DAY) == [day for day in every if is_working_day(day)]


def test_days_since_hold_the_first_and_the_last_day() -> None:
    """Over the turn of a year."""
    found = working_days_since(date(2018, 12, 31), date(2019, 1, 2))
    assert found == [date(2018, 12, 31), date(2019, 1, 2)]


def test_a_count_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        nth_working_day(date(2018, 11, 5), 0)


def strip(arrival: str, due: str, today: str, number: int | None = None) -> list[str]:
    cells = counting(*map(date.fromisoformat, (arrival, due, today)), number=number)
    return [
        f"{cell.day.day}.{'' if cell.day == cell.until else f'–{cell.until.day}.'} {cell.number or '·'} {cell.kind}"
        for cell in cells
    ]


def test_the_strip_shows_how_the_seventh_day_was_counted() -> None:
    assert strip("2018-11-05", "2018-11-14", "2018-11-13", 7) == [
        "5. · past",
        "6. 1 past",
        "7. 2 past",
        "8. 3 past",
        "9. 4 past",
        "10.–11. · gap",
        "12. 5 past",
        "13. 6 now",
        "14. 7 end",
    ]


def test_an_arrival_on_a_saturday_begins_the_strip() -> None:
    assert strip("2018-11-10", "2018-11-13", "2018-11-10") == ["10. · now", "11. · gap", "12. 1 ahead", "13. 2 end"]


@pytest.mark.parametrize("today", ["2018-11-09", "2018-11-10", "2018-11-12", "2018-11-13"])
def test_the_strip_knows_its_day_of_arrival_and_the_present_day(today: str) -> None:
    cells = counting(date(2018, 11, 9), date(2018, 11, 13), date.fromisoformat(today))
    assert [cell.day.day for cell in cells if cell.arrival] == [9]
    assert [cell.day.day for cell in cells if cell.today] == [date.fromisoformat(today).day]


def test_holidays_join_the_weekend_beside_them() -> None:
    assert strip("2018-03-29", "2018-04-03", "2018-03-31") == ["29. · past", "30.–2. · gap", "3. 1 end"]
    assert counting(date(2018, 3, 29), date(2018, 4, 3), date(2018, 3, 31))[1].today


def test_an_eve_is_counted_inside_the_time() -> None:
    assert strip("2018-06-21", "2018-06-26", "2018-06-20", 3) == [
        "21. · ahead",
        "22. 1 ahead",
        "23.–24. · gap",
        "25. 2 ahead",
        "26. 3 end",
    ]


def test_an_eve_that_moved_the_last_day_is_left_out() -> None:
    assert strip("2018-06-21", "2018-06-25", "2018-06-20", 1) == ["21. · ahead", "22.–24. · gap", "25. 1 end"]


def test_only_an_eve_that_would_have_been_the_last_day_is_left_out() -> None:
    """A due day that is later than asked for another reason has its days counted to the end."""
    assert strip("2018-11-05", "2018-11-08", "2018-11-05", 2) == ["5. · now", "6. 1 ahead", "7. 2 ahead", "8. 3 end"]


def test_an_eve_of_another_year_than_the_arrival_is_left_out_too() -> None:
    eve, due = date(2018, 6, 22), date(2018, 6, 25)
    number = len(counting(date(2017, 12, 20), eve, eve)) - sum(
        cell.number is None for cell in counting(date(2017, 12, 20), eve, eve)
    )
    cells = counting(date(2017, 12, 20), due, eve, number=number)
    assert (cells[-1].day, cells[-1].number) == (due, number)
    assert (cells[-2].day, cells[-2].until, cells[-2].number) == (eve, date(2018, 6, 24), None)


def test_a_due_day_that_is_an_eve_or_a_free_day_ends_the_strip() -> None:
    assert strip("2018-06-21", "2018-06-22", "2018-06-21", 1) == ["21. · now", "22. 1 end"]
    assert strip("2018-11-09", "2018-11-11", "2018-11-09") == ["9. · now", "10. · gap", "11. · end"]


@given(days, numbers)
def test_the_strip_ends_with_the_asked_number(arrival: date, n: int) -> None:
    due = nth_working_day(arrival, n)
    cells = counting(arrival, due, arrival, number=n)
    assert (cells[0].day, cells[-1].day, cells[-1].number) == (arrival, due, n)
    assert [cell.number for cell in cells if cell.number] == list(range(1, n + 1))
    assert all(before.until + DAY == after.day for before, after in pairwise(cells))

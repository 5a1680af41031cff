from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Period, PeriodError, choices, months

kinds = st.sampled_from(["month", "quarter", "year"])
days = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "kind", "last"),
    [
        ("2018-11", "2018-11", "month", date(2018, 11, 30)),
        ("2020-02", "2020-02", "month", date(2020, 2, 29)),
        ("2018-10", "2018-12", "quarter", date(2018, 12, 31)),
        ("2018-01", "2018-12", "year", date(2018, 12, 31)),
    ],
)
def test_two_months_bound_a_month_a_quarter_or_a_year(start: str, end: str, kind: str, last: date) -> None:
    period = Period.parse(start, end)
    assert period.kind == kind
    assert (period.first, period.last) == (date.fromisoformat(f"{start}-01"), last)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2018-11", "2018-12"),
        ("2018-11", "2019-01"),
        ("2018-02", "2018-04"),
        ("2018-12", "2018-11"),
        ("2018-01", "2018-06"),
        ("2018-01", "2019-12"),
        ("2018-07", "2019-06"),
        ("2018-10", "2019-12"),
        ("2018-13", "2018-13"),
        ("2018-1", "2018-1"),
        ("0000-01", "0000-01"),
        ("", ""),
        ("٢٠١٨-11", "2018-11"),
    ],
)
def test_other_bounds_are_refused(start: str, end: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(start, end)


@given(days, kinds)
def test_a_period_holds_its_day_and_comes_back_from_its_key_and_its_months(day: date, kind: str) -> None:
    period = Period.containing(day, kind)  # type: ignore[arg-type]
    assert day in period
    assert period.kind == kind
    assert Period.parse_key(period.key) == period
    assert Period.parse(f"{period.first:%Y-%m}", f"{period.last:%Y-%m}") == period


@given(days, kinds)
def test_periods_follow_each_other_without_a_gap(day: date, kind: str) -> None:
    period = Period.containing(day, kind)  # type: ignore[arg-type]
    assert (period.first - period.previous().last).days == 1
    assert period.previous().kind == period.kind


@pytest.mark.parametrize("key", ["2018-Q5", "18", "2018-11-01", "2018-13", "", "2018-q1"])
def test_an_unknown_key_is_refused(key: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse_key(key)


def test_a_month_lies_under_its_quarter_and_year() -> None:
    assert Period.parse_key("2018-11").path == ("2018", "2018-Q4", "2018-11")
    assert Period.parse_key("2018-Q4").path == ("2018", "2018-Q4")
    assert Period.parse_key("2018").path == ("2018",)


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("fi", ["marraskuu 2018", "4. vuosineljännes 2018", "vuosi 2018"]),
        ("sv", ["november 2018", "kvartal 4/2018", "år 2018"]),
        ("en", ["November 2018", "quarter 4 of 2018", "year 2018"]),
    ],
)
def test_periods_are_named_in_each_language(language: str, labels: list[str]) -> None:
    with translation.override(language):
        assert [Period.parse_key(key).label for key in ("2018-11", "2018-Q4", "2018")] == labels


def test_the_choices_go_back_to_the_first_day_newest_first() -> None:
    offered = choices(date(2018, 9, 30), date(2019, 1, 1))
    assert [period.key for period in offered["month"]] == ["2019-01", "2018-12", "2018-11", "2018-10", "2018-09"]
    assert [period.key for period in offered["quarter"]] == ["2019-Q1", "2018-Q4", "2018-Q3"]
    assert [period.key for period in offered["year"]] == ["2019", "2018"]


@pytest.mark.parametrize(
    ("start", "end", "key", "before", "label"),
    [
        ("2018-03", "2018-10", "2018-03_2018-10", "2017-07_2018-02", "maaliskuu–lokakuu 2018"),
        ("2018-12", "2019-01", "2018-12_2019-01", "2018-10_2018-11", "joulukuu 2018 – tammikuu 2019"),
        ("2018-10", "2018-12", "2018-Q4", "2018-Q3", "4. vuosineljännes 2018"),
        ("2018-05", "2018-05", "2018-05", "2018-04", "toukokuu 2018"),
        ("2018-01", "2019-12", "2018-01_2019-12", "2016-01_2017-12", "tammikuu 2018 – joulukuu 2019"),
    ],
)
def test_any_months_that_follow_each_other_are_a_period(
    start: str, end: str, key: str, before: str, label: str
) -> None:
    period = Period.of_months(start, end)
    assert (period.key, period.previous().key) == (key, before)
    assert Period.read(key) == period
    with translation.override("fi"):
        assert period.label == label


@pytest.mark.parametrize(
    "key", ["2018-10_2018-03", "2018-03_", "_2018-03", "2018_2019", "2018-03_2018-10_2018-11", "1990-01_2018-10", "_"]
)
def test_what_is_no_row_of_months_is_no_period(key: str) -> None:
    with pytest.raises(PeriodError):
        Period.read(key)


def test_months_of_ones_own_choice_are_no_period_of_what_leaves() -> None:
    """A half-year and a quarter that overlap in part would tell what one of them hides."""
    for read in (Period.parse_key, lambda key: Period.parse(*key.split("_"))):
        with pytest.raises(PeriodError):
            read("2018-03_2018-10")
    with pytest.raises(PeriodError):
        Period.of_months("2018-03", "2018-10").kind  # noqa: B018
    with pytest.raises(PeriodError):
        Period.of_months("2018-03", "2018-10").path  # noqa: B018


def test_the_months_stand_in_their_order() -> None:
    assert [one.key for one in months(date(2018, 11, 30), date(2019, 1, 1))] == ["2018-11", "2018-12", "2019-01"]


@given(days, st.integers(1, 119))
def test_the_period_before_is_as_long_and_ends_the_day_before(day: date, count: int) -> None:
    first = Period.containing(day)
    last_month = first.first.year * 12 + first.first.month - 1 + count
    last = date(last_month // 12, last_month % 12 + 1, 1)
    period = Period.of_months(f"{first.first:%Y-%m}", f"{last:%Y-%m}")
    before = period.previous()
    assert (period.first - before.last).days == 1
    assert len(months(before.first, before.last)) == len(months(period.first, period.last))

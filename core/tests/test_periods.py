from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Period, PeriodError, choices

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

"""The deadlines that a matter brings, and the words that explain them."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.deadlines.bases import all_bases
from cases.deadlines.rules import deadlines_for, decide_asked, explanation, over_75, reading_of
from cases.models import MatterKind
from cases.models.deadline import CountedFrom, Duty
from core.tests.test_working_days import VECTORS
from core.working_days import WorkingDayReading, nth_working_day

ARRIVED = date(2018, 6, 15)  # before Midsummer: the two readings differ


@pytest.mark.parametrize(
    ("kind", "urgent", "duty", "days", "local"),
    [
        ("application", True, Duty.DECIDE_URGENT, 1, False),
        ("application", False, Duty.DECIDE, 7, False),
        ("discussion", False, Duty.DISCUSS, 7, False),
        ("reduced_amount", False, Duty.PLAN, 14, True),
        ("social_work_need", True, Duty.ASSESS_URGENT, 1, True),
        ("social_work_need", False, Duty.ASSESS, 7, True),
        ("contact", False, Duty.ASSESS, 7, True),
        ("young_unemployed", False, Duty.ACTIVATE, 10, True),
        ("long_unemployed", False, Duty.ACTIVATE, 10, True),
        ("immigrant", False, Duty.INTEGRATE, 10, True),
    ],
)
def test_each_kind_brings_its_duty(kind: str, urgent: bool, duty: Duty, days: int, local: bool) -> None:
    [found] = deadlines_for(kind, ARRIVED, urgent=urgent)
    assert (found.duty, found.working_days, found.local) == (duty, days, local)


def test_the_shown_day_is_the_strict_one_and_the_wide_one_the_outer_limit() -> None:
    [found] = deadlines_for(MatterKind.APPLICATION, ARRIVED)
    assert (found.due, found.outer) == (date(2018, 6, 26), date(2018, 6, 27))


@pytest.mark.parametrize("vector", VECTORS.split("\n")[1:-1])
def test_both_readings_give_the_days_of_the_vectors(vector: str) -> None:
    arrived, wide, strict, urgent = map(date.fromisoformat, vector.split())
    shown = {
        reading: deadlines_for(MatterKind.APPLICATION, arrived, reading=reading)[0] for reading in WorkingDayReading
    }
    assert (shown[WorkingDayReading.STRICT].due, shown[WorkingDayReading.STRICT].outer) == (strict, wide)
    assert (shown[WorkingDayReading.WIDE].due, shown[WorkingDayReading.WIDE].outer) == (wide, wide)
    for reading in WorkingDayReading:
        assert deadlines_for(MatterKind.APPLICATION, arrived, urgent=True, reading=reading)[0].due == urgent


@given(st.dates(date(2017, 1, 1), date(2035, 12, 31)), st.integers(1, 20), st.sampled_from(WorkingDayReading))
def test_the_reading_is_known_again_where_it_matters(start: date, n: int, reading: WorkingDayReading) -> None:
    due = nth_working_day(start, n, reading)
    assert nth_working_day(start, n, reading_of(start, n, due)) == due


@given(
    st.dates(date(2017, 1, 1), date(2035, 12, 31)),
    st.integers(1, 60),
    st.none() | st.integers(0, 90),
    st.sampled_from(WorkingDayReading),
)
def test_the_second_clock_starts_from_the_answer_and_at_the_latest_from_the_limit(
    sent: date, time_given: int, answered_after: int | None, reading: WorkingDayReading
) -> None:
    limit = sent + timedelta(days=time_given)
    answered = None if answered_after is None else sent + timedelta(days=answered_after)
    found = decide_asked(limit, answered, reading)
    start = min(limit, answered or limit)
    assert found.counted_from == start
    assert found.counted_from_what == (CountedFrom.ANSWERED if answered == start else CountedFrom.LIMIT)
    assert found.due == nth_working_day(start, 7, reading)
    assert found.due <= decide_asked(limit, None, reading).due
    assert not found.local


def test_a_need_of_a_person_over_75_rests_on_the_law() -> None:
    [found] = deadlines_for(MatterKind.SOCIAL_WORK_NEED, ARRIVED, over_75=True)
    assert (found.working_days, found.local) == (7, False)


@pytest.mark.parametrize(("born", "expected"), [(date(1943, 6, 15), False), (date(1942, 6, 15), True), (None, False)])
def test_over_75_means_that_76_years_are_full(born: date | None, expected: bool) -> None:
    assert over_75(born, ARRIVED) is expected


def test_a_wish_for_a_discussion_comes_beside_the_kinds_own_duty() -> None:
    found = deadlines_for(MatterKind.SOCIAL_WORK_NEED, ARRIVED, wants_discussion=True, created_on=date(2018, 6, 14))
    assert [(d.duty, d.counted_from_what) for d in found] == [
        (Duty.ASSESS, CountedFrom.ARRIVAL),
        (Duty.DISCUSS, CountedFrom.CREATED),
    ]


def test_the_discussion_is_counted_from_the_request_when_its_day_is_known() -> None:
    found = deadlines_for(MatterKind.DISCUSSION, ARRIVED, requested_on=date(2018, 6, 11), created_on=date(2018, 6, 14))
    assert [(d.counted_from, d.counted_from_what) for d in found] == [(date(2018, 6, 11), CountedFrom.REQUEST)]


@given(st.sampled_from(MatterKind.values), st.dates(date(2017, 1, 1), date(2035, 12, 31)), st.booleans())
def test_no_deadline_is_due_before_the_day_after_arrival(kind: str, arrived: date, urgent: bool) -> None:
    for found in deadlines_for(kind, arrived, urgent=urgent, wants_discussion=True):
        assert arrived < found.due <= found.outer


@pytest.mark.parametrize(
    ("duty", "day", "expected"),
    [
        (Duty.DECIDE, date(2022, 12, 31), "Social Assistance Act 14 c §"),
        (Duty.DECIDE, date(2023, 1, 1), "Social Assistance Act 14 a § 1 mom., not checked"),
        (Duty.DECIDE_URGENT, date(2023, 1, 1), "Social Assistance Act 14 b §, not checked"),
        (Duty.DISCUSS, date(2022, 12, 31), "Social Assistance Act 14 e §"),
        (Duty.DISCUSS, date(2023, 1, 1), "Social Assistance Act 14 d § 2 mom., not checked"),
        (Duty.ASSESS, ARRIVED, "Social Welfare Act 36 §"),
    ],
)
def test_the_words_name_the_section_of_the_day_and_whether_it_was_checked(duty: Duty, day: date, expected: str) -> None:
    with translation.override("en"):
        words = explanation(duty, 7, "arrival", local=False, arrived=day)
    assert words == f"working day 7 from arrival · {expected}"


def test_every_duty_of_the_law_has_one_basis_on_every_day() -> None:
    for duty in {row.duty for row in all_bases()}:
        rows = sorted((row for row in all_bases() if row.duty == duty), key=lambda row: row.valid_from)
        assert (rows[0].valid_from, rows[-1].valid_to) == (date.min, date.max)
        following = [later.valid_from for later in rows[1:]]
        assert following == [earlier.valid_to + timedelta(days=1) for earlier in rows[:-1]]
        assert all(row.source and row.section for row in rows)


def test_every_deadline_of_the_law_has_a_basis() -> None:
    named = {row.duty for row in all_bases()}
    for kind in MatterKind:
        for urgent in (True, False):
            found = deadlines_for(kind, ARRIVED, urgent=urgent, over_75=True, wants_discussion=True)
            assert {one.duty for one in found if not one.local} <= named


def test_a_local_target_says_that_it_is_one() -> None:
    with translation.override("en"):
        assert explanation(Duty.PLAN, 14, "arrival", local=True, arrived=ARRIVED).endswith("own target")

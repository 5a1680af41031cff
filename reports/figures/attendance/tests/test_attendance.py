"""Who came to appointments, by type and age."""

import datetime
from collections.abc import Callable
from functools import partial

import pytest

from accounts.models import User
from cases.models import Appointment, MatterKind
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.attendance.comparison import comparison_words
from reports.figures.question import Question
from reports.tests.asking import build, numbers_of, rows_of
from reports.tests.making import make_appointment
from testing.clock import TODAY
from testing.people import SignIn

OCTOBER = Period.parse("2018-10", "2018-10")
NEED = MatterKind.SOCIAL_WORK_NEED
REDUCED = MatterKind.REDUCED_AMOUNT

Offer = Callable[..., Appointment]


@pytest.fixture
def offer(kuopio: Municipality, aino: User) -> Offer:
    return partial(make_appointment, kuopio, aino)


def test_attendance_leaves_out_what_the_office_cancelled_and_what_is_ahead(kuopio: Municipality, offer: Offer) -> None:
    for state in ("met", "met", "missed", "cancelled_by_client", "cancelled_by_office", "offered"):
        offer(NEED, state)
    offer(NEED, "offered", TODAY + datetime.timedelta(days=1))
    question = Question(kuopio, OCTOBER)
    assert numbers_of(build("attendance", question), NEED) == (2, 5)
    assert [
        rows_of("attendance", f"all.{part}", question).count() for part in ("missed", "cancelled", "unrecorded")
    ] == [1, 1, 1]


@pytest.mark.parametrize(
    ("born", "group"),
    [("1993-10-13", "0-24"), ("1993-10-12", "25-39"), ("1978-10-13", "25-39"), ("1958-10-12", "60-")],
)
def test_age_is_that_of_the_day_of_the_appointment(born: str, group: str, kuopio: Municipality, offer: Offer) -> None:
    offer(NEED, born=datetime.date.fromisoformat(born))
    question = Question(kuopio, OCTOBER)
    assert [str(row.key) for row in build("attendance_by_age", question).rows] == [f"{NEED}.{group}"]
    assert rows_of("attendance_by_age", f"{NEED}.{group}", question).count() == 1


def test_by_type_attendance_is_a_count_of_work(kuopio: Municipality, offer: Offer) -> None:
    offer(NEED)
    assert numbers_of(build("attendance", Question(kuopio, OCTOBER)), NEED) == (1, 1)


def test_the_comparison_says_nothing_of_few(kuopio: Municipality, offer: Offer) -> None:
    for _ in range(4):
        offer(NEED)
        offer(REDUCED)
    few = comparison_words(build("attendance", Question(kuopio, OCTOBER)))
    assert "%" not in few
    for kind in (NEED, REDUCED):
        offer(kind, "met")
    same = comparison_words(build("attendance", Question(kuopio, OCTOBER)))
    assert "sama" in same
    for kind, state in ((NEED, "met"), (REDUCED, "missed")):
        offer(kind, state)
    enough = comparison_words(build("attendance", Question(kuopio, OCTOBER)))
    assert "16,7" in enough
    assert enough != few


def test_rows_by_age_open_for_the_supervisor_only(
    kuopio: Municipality, aino: User, kaisa: User, sirkka: User, offer: Offer, signed_in: SignIn
) -> None:
    offer(NEED)
    address = f"/297/kunta/attendance_by_age/{NEED}.25-39/?jakso=2018-10"
    assert [signed_in(user).get(address).status_code for user in (aino, kaisa, sirkka)] == [404, 404, 200]
    assert signed_in(kaisa).get(f"/297/kunta/attendance/{NEED}/?jakso=2018-10").status_code == 200

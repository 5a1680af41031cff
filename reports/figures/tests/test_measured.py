"""How long things took, whom they reached and who came: what counts and what does not, and what is hidden."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from cases.models import Appointment, Case, Client, Contact, Matter, MatterKind, OwnWorker
from cases.models.matter import Outcome
from core.figures import Figure
from core.periods import Period
from core.spread import spread_of
from municipalities.models import Municipality
from reports.figures.attendance.comparison import comparison_words
from reports.figures.notices.answers import OUTCOMES, Answer
from reports.figures.notices.by_type import NOTICES_BY_TYPE
from reports.figures.pace.reach import REACH
from reports.figures.question import Question
from reports.figures.registry import FIGURES, FOUR_QUESTIONS
from reports.flows.recounting import recount_stale
from reports.tests.asking import build, row_of, rows_of
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn

OCTOBER = Period.parse("2018-10", "2018-10")
QUARTER = Period.parse("2018-10", "2018-12")
DAY = datetime.date(2018, 10, 12)
NEED, REDUCED = MatterKind.SOCIAL_WORK_NEED, MatterKind.REDUCED_AMOUNT

Offer = Callable[..., Appointment]


def noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


@pytest.fixture
def offer(kuopio: Municipality, aino: User) -> Offer:
    def made(
        kind: str, state: str = "met", day: datetime.date = DAY, born: datetime.date = datetime.date(1980, 1, 1)
    ) -> Appointment:
        client = make_client(kuopio, "", birth_date=born)
        matter = make_matter(client, kind, DAY)
        return Appointment.objects.create(
            municipality=kuopio, client=client, matter=matter, worker=aino, by=aino, at=noon(day), state=state
        )

    return made


def contact(matter: Matter, by: User, day: datetime.date, outcome: str = "no_answer") -> None:
    Contact.objects.create(
        municipality=matter.municipality,
        client=matter.client,
        matter=matter,
        channel="call",
        outcome=outcome,
        at=noon(day),
        by=by,
    )


def numbers_of(figure: Figure[Any], key: str) -> tuple[int | None, int | None]:
    row = row_of(figure, key)
    return row.count, row.base


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


def test_every_outcome_is_in_one_answer() -> None:
    assert set(OUTCOMES) == set(Answer)
    grouped = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
    assert sorted(grouped) == sorted([*Outcome.values, ""])


def test_days_to_the_first_contact_and_to_the_first_that_reached(kuopio: Municipality, aino: User) -> None:
    """Friday the 12th to Monday is one working day; a contact of another matter is none of this one."""
    made = [make_matter(make_client(kuopio), NEED, DAY) for _ in range(4)]
    for days, matter in zip((0, 3, 5), made, strict=False):
        contact(matter, aino, DAY + datetime.timedelta(days=days))
    contact(made[0], aino, DAY + datetime.timedelta(days=6), "reached")
    question = Question(kuopio, OCTOBER)
    first, reached = (
        build("first_contact", question),
        build("first_reached", question),
    )
    assert numbers_of(first, NEED) == (3, 4)
    assert first.total
    assert first.total.spread
    assert (first.total.spread.low, first.total.spread.median, first.total.spread.high) == (0, 1, 3)
    assert numbers_of(reached, NEED) == (1, 4)
    assert rows_of("first_contact", f"{NEED}.none", question).get() == made[3]
    assert rows_of("first_reached", f"{NEED}.none", question).count() == 3


def test_each_figure_of_flows_stands_beside_the_period_before(kuopio: Municipality) -> None:
    for day in (datetime.date(2018, 9, 30), datetime.date(2018, 10, 1), datetime.date(2018, 10, 31)):
        make_matter(make_client(kuopio), NEED, day)
    figure = NOTICES_BY_TYPE.compared(Question(kuopio, OCTOBER))
    row = row_of(figure, NEED)
    assert row.before
    assert (row.count, row.before.count, row.before.share) == (2, 1, 1.0)
    assert figure.before == Period.parse("2018-09", "2018-09")
    assert figure.total
    assert figure.total.before
    assert figure.total.before.count == 1


def test_the_period_before_a_year_is_the_year_before(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), NEED, datetime.date(2017, 1, 1))
    figure = REACH.compared(Question(kuopio, Period.parse_key("2018")))
    row = row_of(figure, NEED)
    assert row.before
    assert (row.base, row.before.base) == (0, 1)


def test_numbers_are_the_same_before_and_after_counting(kuopio: Municipality, aino: User, offer: Offer) -> None:
    contact(make_matter(make_client(kuopio), NEED, DAY), aino, DAY)
    offer(NEED, "missed")
    stale = {name: build(name, Question(kuopio, OCTOBER)) for name in FIGURES}
    recount_stale()
    assert {name: build(name, Question(kuopio, OCTOBER)) for name in FIGURES} == stale


@pytest.mark.at("2018-10-31 09:00")
def test_never_investigated_is_new_for_longer_than_its_deadline(kuopio: Municipality, aino: User) -> None:
    late = make_matter(make_client(kuopio), NEED, DAY)
    make_matter(make_client(kuopio), NEED, datetime.date(2018, 10, 29))
    make_matter(make_client(kuopio), NEED, DAY, state="in_progress", assignee=aino)
    make_matter(make_client(kuopio), NEED, DAY, source="phone")
    question = Question(kuopio, OCTOBER)
    assert numbers_of(build("never_investigated", question), NEED) == (1, 3)
    assert rows_of("never_investigated", NEED, question).get() == late


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


def test_the_four_questions_count_what_their_lists_show(kuopio: Municipality, aino: User) -> None:
    long_ago = NOW - datetime.timedelta(days=40)

    def with_case(restricted: bool = False) -> Client:
        client = make_client(kuopio, restricted=restricted)
        Case.objects.create(municipality=kuopio, client=client, opened_at=long_ago, opened_by=aino)
        return client

    nobody, cared, talked = with_case(), with_case(), with_case()
    with_case(restricted=True)
    for client in (cared, talked):
        OwnWorker.objects.create(municipality=kuopio, client=client, user=aino, assigned_by=aino)
    contact(make_matter(talked, NEED, DAY), aino, TODAY, "reached")
    make_matter(make_client(kuopio), MatterKind.APPLICATION, DAY)
    make_matter(make_client(kuopio), NEED, held_since=TODAY)
    question = Question(kuopio, OCTOBER)
    answers = [one.answer(question) for one in FOUR_QUESTIONS]
    assert [answer.count for answer in answers] == [2, 3, 2, 1], "the restricted client is counted"
    assert [part.count for part in answers[2].parts] == [1, 1]
    names = ("no_own_worker", "silent", "late", "held")
    assert [rows_of(name, "all", question).count() for name in names] == [2, 3, 2, 1]
    assert [rows_of("late", part, question).count() for part in ("law", "own")] == [1, 1]
    assert rows_of("no_own_worker", "all", question.opening()).get() == nobody


def test_lists_of_clients_name_nobody_to_the_coordinator(
    kuopio: Municipality, aino: User, kaisa: User, sirkka: User, signed_in: SignIn
) -> None:
    client = make_client(kuopio, family_name="Näytekoski")
    Case.objects.create(municipality=kuopio, client=client, opened_by=aino)
    pages = [signed_in(user).get("/297/kunta/no_own_worker/all/").content.decode() for user in (kaisa, sirkka)]
    assert ["Näytekoski" in page for page in pages] == [False, True]

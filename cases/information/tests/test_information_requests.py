"""The itemised request for missing information and the two stages of an application's clock."""

import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from cases.information import expiring
from cases.information.expiring import expire_requests
from cases.information.verbs import ask_for_information, expire, record_information, usual_limit, withdraw_request
from cases.matters import life as matters
from cases.models import Deadline, Event, InformationRequest, Matter, MatterKind, MatterState
from cases.models.deadline import CountedFrom, Duty
from cases.models.information_request import RequestState
from cases.timeline.sentences import sentences
from core.saving import ChangedMeanwhile, NotPossible
from core.working_days import nth_working_day
from municipalities.models import Municipality
from testing.clock import TODAY, at
from testing.factories import make_client, make_matter

MONDAY = datetime.date(2018, 11, 5)
LIMIT = datetime.date(2018, 11, 27)
AFTER_LIMIT = datetime.date(2018, 12, 7)


@pytest.fixture
def application(kuopio: Municipality, aino: User) -> Matter:
    return make_matter(make_client(kuopio), arrived=MONDAY, assignee=aino, state=MatterState.IN_PROGRESS)


def ask(matter: Matter, actor: User, limit: datetime.date = LIMIT) -> InformationRequest:
    return ask_for_information(actor, matter, ["Vuokrasopimus", " ", "Tiliote lokakuulta"], limit)


def days(matter: Matter, duty: str) -> list[tuple[datetime.date, datetime.date, datetime.date | None]]:
    found = Deadline.objects.filter(matter=matter, duty=duty).order_by("pk")
    return [(d.counted_from, d.due, d.met_on) for d in found]


class TestAsking:
    def test_it_meets_the_duty_to_decide_and_waits_for_the_information(self, aino: User, application: Matter) -> None:
        request = ask(application, aino)
        assert request.items == ["Vuokrasopimus", "Tiliote lokakuulta"]
        assert days(application, Duty.DECIDE) == [(MONDAY, datetime.date(2018, 11, 14), TODAY)]
        assert (application.state, application.waiting_until) == (MatterState.WAITING_INFORMATION, LIMIT)

    def test_a_new_time_runs_from_the_limit(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        assert days(application, Duty.DECIDE_ASKED) == [(LIMIT, AFTER_LIMIT, None)]
        assert application.due == AFTER_LIMIT

    def test_it_meets_an_urgent_application_too(self, kuopio: Municipality, aino: User) -> None:
        urgent = make_matter(make_client(kuopio), urgent=True, assignee=aino)
        ask(urgent, aino)
        assert [row[2] for row in days(urgent, Duty.DECIDE_URGENT)] == [TODAY]

    def test_a_clock_that_became_urgent_later_is_not_met_by_it(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        later = TODAY + datetime.timedelta(days=1)
        Deadline.objects.create(
            municipality_id=application.municipality_id,
            matter=application,
            duty=Duty.DECIDE_URGENT,
            counted_from=later,
            working_days=1,
            due=later + datetime.timedelta(days=1),
            outer=later + datetime.timedelta(days=1),
        )
        matters.settle_deadlines(application)
        assert [row[2] for row in days(application, Duty.DECIDE_URGENT)] == [None]

    @pytest.mark.parametrize(
        ("items", "limit", "field"),
        [
            ([" ", ""], LIMIT, "items"),
            (["x" * 301], LIMIT, "items"),
            (["x"] * 31, LIMIT, "items"),
            (["Tiliote"], TODAY, "limit"),
            (["Tiliote"], datetime.date(2926, 11, 27), "limit"),
        ],
    )
    def test_what_is_wrong_is_told_beside_its_field(
        self, aino: User, application: Matter, items: list[str], limit: datetime.date, field: str
    ) -> None:
        with pytest.raises(NotPossible) as refusal:
            ask_for_information(aino, application, items, limit)
        assert refusal.value.field == field
        assert not InformationRequest.objects.exists()

    def test_only_one_waits_at_a_time(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        with pytest.raises(NotPossible):
            ask(application, aino)

    def test_only_in_an_application(self, kuopio: Municipality, aino: User) -> None:
        need = make_matter(make_client(kuopio), MatterKind.SOCIAL_WORK_NEED, assignee=aino)
        with pytest.raises(NotPossible):
            ask(need, aino)

    def test_not_in_the_matter_of_a_colleague(self, eetu: User, application: Matter) -> None:
        with pytest.raises(NotPossible):
            ask(application, eetu)

    def test_not_from_an_older_page(self, aino: User, application: Matter) -> None:
        with pytest.raises(ChangedMeanwhile):
            ask_for_information(aino, application, ["Tiliote"], LIMIT, version=application.version - 1)

    def test_the_usual_time_is_ten_working_days(self) -> None:
        assert usual_limit(TODAY) == LIMIT


class TestAnswer:
    def test_the_new_time_moves_to_the_day_of_arrival(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        with at(datetime.date(2018, 11, 20)):
            record_information(aino, application, datetime.date(2018, 11, 19), "Tiliote")
        assert days(application, Duty.DECIDE_ASKED) == [
            (datetime.date(2018, 11, 19), datetime.date(2018, 11, 28), None)
        ]
        assert application.deadlines.get(duty=Duty.DECIDE_ASKED).counted_from_what == CountedFrom.ANSWERED
        assert (application.state, application.waiting_until) == (MatterState.IN_PROGRESS, None)

    def test_what_comes_late_does_not_prolong_the_time(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        with at(datetime.date(2018, 12, 3)):
            expire_requests()
            application.refresh_from_db()
            record_information(aino, application, datetime.date(2018, 12, 3))
        assert days(application, Duty.DECIDE_ASKED) == [(LIMIT, AFTER_LIMIT, None)]
        assert InformationRequest.objects.get().state == RequestState.ANSWERED

    @pytest.mark.parametrize("day", [TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)])
    def test_not_before_it_was_asked_for_and_not_in_the_future(
        self, aino: User, application: Matter, day: datetime.date
    ) -> None:
        ask(application, aino)
        with pytest.raises(NotPossible) as refusal:
            record_information(aino, application, day)
        assert refusal.value.field == "came_on"

    def test_the_same_day_does_not_meet_its_own_time(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        record_information(aino, application, TODAY)
        assert days(application, Duty.DECIDE_ASKED) == [(TODAY, datetime.date(2018, 11, 22), None)]

    def test_the_decision_meets_the_new_time(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        record_information(aino, application, TODAY)
        matters.close(aino, application, "support_granted")
        assert [row[2] for row in days(application, Duty.DECIDE_ASKED)] == [TODAY]
        matters.reopen(aino, application, "Päätös oli väärä.")
        assert [row[2] for row in days(application, Duty.DECIDE_ASKED)] == [None]
        assert [row[2] for row in days(application, Duty.DECIDE)] == [TODAY]


class TestSeveral:
    def test_the_next_request_meets_the_time_of_the_one_before(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        record_information(aino, application, TODAY)
        with at(datetime.date(2018, 11, 23)):
            ask(application, aino, datetime.date(2018, 12, 4))
        first, second = days(application, Duty.DECIDE_ASKED)
        assert first == (TODAY, datetime.date(2018, 11, 22), datetime.date(2018, 11, 23))
        assert second == (datetime.date(2018, 12, 4), datetime.date(2018, 12, 14), None)
        assert application.due == datetime.date(2018, 12, 14)


class TestWithdrawing:
    def test_the_duty_to_decide_is_open_again(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        withdraw_request(aino, application, "Pyyntö oli väärästä asiasta.")
        assert days(application, Duty.DECIDE) == [(MONDAY, datetime.date(2018, 11, 14), None)]
        assert days(application, Duty.DECIDE_ASKED) == []
        assert (application.state, application.waiting_until) == (MatterState.IN_PROGRESS, None)
        assert application.due == datetime.date(2018, 11, 14)

    def test_nothing_to_withdraw(self, aino: User, application: Matter) -> None:
        with pytest.raises(NotPossible):
            withdraw_request(aino, application)


class TestTimeRunsOut:
    def test_the_last_day_still_belongs_to_the_client(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        with at(LIMIT):
            assert expire_requests() == 0

    def test_the_waiting_ends_the_day_after_and_the_new_time_runs(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        with at(LIMIT + datetime.timedelta(days=1)):
            assert expire_requests() == 1
            assert expire_requests() == 0
        application.refresh_from_db()
        assert InformationRequest.objects.get().state == RequestState.EXPIRED
        assert (application.state, application.waiting_until) == (MatterState.IN_PROGRESS, None)
        assert days(application, Duty.DECIDE_ASKED) == [(LIMIT, AFTER_LIMIT, None)]

    def test_a_closed_matter_is_left_alone(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        matters.close(aino, application, "support_granted")
        with at(LIMIT + datetime.timedelta(days=1)):
            assert expire_requests() == 1
        application.refresh_from_db()
        assert application.state == MatterState.CLOSED
        assert not Event.objects.filter(kind="information.expired").exists()

    def test_a_wait_for_the_client_goes_on(self, aino: User, application: Matter) -> None:
        ask(application, aino)
        matters.resume(aino, application)
        until = LIMIT + datetime.timedelta(days=5)
        matters.set_waiting(aino, application, MatterState.WAITING_CLIENT, until)
        with at(LIMIT + datetime.timedelta(days=1)):
            expire_requests()
        application.refresh_from_db()
        assert (application.state, application.waiting_until) == (MatterState.WAITING_CLIENT, until)


class TestOpenedAgain:
    """A matter that was closed while information was waited for."""

    @pytest.fixture
    def decided(self, aino: User, application: Matter) -> Matter:
        ask(application, aino)
        matters.close(aino, application, "support_granted")
        return application

    def test_the_information_is_waited_for_again(self, aino: User, decided: Matter) -> None:
        assert days(decided, Duty.DECIDE_ASKED) == [(LIMIT, AFTER_LIMIT, TODAY)]
        matters.reopen(aino, decided, "Päätös oli väärä.")
        assert (decided.state, decided.waiting_until) == (MatterState.WAITING_INFORMATION, LIMIT)
        assert days(decided, Duty.DECIDE) == [(MONDAY, datetime.date(2018, 11, 14), TODAY)]
        assert days(decided, Duty.DECIDE_ASKED) == [(LIMIT, AFTER_LIMIT, None)]
        assert decided.due == AFTER_LIMIT
        record_information(aino, decided, TODAY)
        assert (decided.state, decided.due) == (MatterState.IN_PROGRESS, datetime.date(2018, 11, 22))

    def test_a_withdrawn_request_brings_the_old_time_back(self, aino: User, decided: Matter) -> None:
        matters.reopen(aino, decided, "Päätös oli väärä.")
        withdraw_request(aino, decided)
        assert (decided.state, decided.due) == (MatterState.IN_PROGRESS, datetime.date(2018, 11, 14))

    @pytest.mark.parametrize("clock", ["has run", "has not run yet"])
    def test_after_the_time_given_it_is_decided_on_what_is_known(self, clock: str, aino: User, decided: Matter) -> None:
        with at(LIMIT + datetime.timedelta(days=1)):
            if clock == "has run":
                expire_requests()
            matters.reopen(aino, decided, "Päätös oli väärä.")
            assert (decided.state, decided.waiting_until) == (MatterState.IN_PROGRESS, None)
            assert decided.due == AFTER_LIMIT
            expire_requests()
            decided.refresh_from_db()
            assert decided.state == MatterState.IN_PROGRESS
            assert InformationRequest.objects.get().state == RequestState.EXPIRED


def test_every_step_is_told_as_a_sentence(aino: User, application: Matter) -> None:
    ask(application, aino)
    withdraw_request(aino, application, "Väärä asia.")
    ask(application, aino)
    with at(LIMIT + datetime.timedelta(days=1)):
        expire_requests()
        application.refresh_from_db()
        record_information(aino, application, LIMIT + datetime.timedelta(days=1))
        told = [one.text for one in sentences(Event.objects.filter(matter=application).order_by("pk"))]
    assert len(told) == 5
    assert not [text for text in told if ": information." in text]
    assert "Väärä asia." in told[1]


def test_a_new_version_from_kela_keeps_the_new_time(aino: User, application: Matter) -> None:
    """`DROP` of the intake, with a plan that knows only the duty of the arrival."""
    from cases.intake.changes import DROP

    ask(application, aino)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE intake_matter (matter_id bigint, is_new bool, was_closed bool, plan int, kind text)"
        )
        cursor.execute("CREATE TEMP TABLE intake_plan (plan int, duty text)")
        cursor.execute("INSERT INTO intake_matter VALUES (%s, false, false, 1, 'application')", [application.pk])
        cursor.execute("INSERT INTO intake_plan VALUES (1, 'decide')")
        cursor.execute(DROP, [TODAY])
    assert days(application, Duty.DECIDE_ASKED) == [(LIMIT, AFTER_LIMIT, None)]


STEPS = st.lists(st.tuples(st.sampled_from(["ask", "answer", "withdraw", "expire"]), st.integers(0, 12)), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_the_clock_follows_the_standing_requests(
    kuopio: Municipality, aino: User, steps: list[tuple[str, int]]
) -> None:
    matter = make_matter(make_client(kuopio), arrived=MONDAY, assignee=aino, state=MatterState.IN_PROGRESS)
    now = TODAY
    for step, later in steps:
        now += datetime.timedelta(days=later)
        with at(now):
            try:
                if step == "ask":
                    ask_for_information(aino, matter, ["Tiliote"], now + datetime.timedelta(days=later + 1))
                elif step == "answer":
                    record_information(aino, matter, now)
                elif step == "withdraw":
                    withdraw_request(aino, matter)
                else:
                    expire_requests()
            except NotPossible:
                pass
    matter.refresh_from_db()
    standing = list(InformationRequest.objects.filter(matter=matter).exclude(state="withdrawn").order_by("pk"))
    rows = days(matter, Duty.DECIDE_ASKED)
    starts = [min(r.limit, r.answered_on or r.limit) for r in standing]
    assert [row[0] for row in rows] == starts
    assert [row[1] for row in rows] == [nth_working_day(start, 7) for start in starts]
    following = [r.sent_on for r in standing[1:]] + [None] if standing else []
    assert [row[2] for row in rows] == following
    [(_start, _due, decided)] = days(matter, Duty.DECIDE)
    assert decided == (standing[0].sent_on if standing else None)
    unmet = [d.due for d in Deadline.objects.filter(matter=matter, met_on=None)]
    assert matter.due == min(unmet)
    assert (matter.state == MatterState.WAITING_INFORMATION) == (bool(standing) and standing[-1].state == "open")


def test_one_request_that_fails_stops_no_other(
    aino: User, kuopio: Municipality, application: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_matter(make_client(kuopio), assignee=aino)
    for matter in (application, other):
        ask(matter, aino)
    first = InformationRequest.objects.order_by("limit", "pk")[0]

    def breaks(request: InformationRequest, today: datetime.date) -> bool:
        if request == first:
            raise ZeroDivisionError
        return expire(request, today)

    monkeypatch.setattr(expiring, "expire", breaks)
    with at(LIMIT + datetime.timedelta(days=1)):
        assert expire_requests() == 1
    assert InformationRequest.objects.get(pk=first.pk).state == RequestState.OPEN

"""Acts: what does a duty, and what does not."""

import datetime

import pytest

from accounts.models import User
from cases.acts.verbs import record_act, take_back_act
from cases.appointments.verbs import mark, move, offer
from cases.contacts.verbs import record_contact
from cases.deadlines.settling import Facts, met_on, settle_deadlines
from cases.matters import life
from cases.models import Act, ActKind, Client, Deadline, Event, Matter, MatterKind
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel, ContactOutcome
from cases.models.deadline import Duty
from cases.models.matter import Outcome
from cases.timeline.sentences import sentence
from core.saving import NotPossible
from municipalities.models import Municipality
from testing.clock import DAY, NOW, TODAY
from testing.factories import make_client, make_matter

ARRIVED = TODAY - 5 * DAY
IN_2023 = datetime.date(2023, 3, 1)


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli")


def matter_of(client: Client, worker: User, kind: str = MatterKind.SOCIAL_WORK_NEED, **fields: bool) -> Matter:
    matter = make_matter(client, kind, arrived=ARRIVED, **fields)
    life.take(worker, matter)
    return matter


def met(matter: Matter) -> dict[str, datetime.date | None]:
    return {one.duty: one.met_on for one in Deadline.objects.filter(matter=matter)}


def act(kind: str, day: datetime.date = TODAY) -> Act:
    return Act(kind=kind, day=day)


@pytest.mark.parametrize(
    ("duty", "since", "does"),
    [
        (Duty.DISCUSS, ARRIVED, {ActKind.DISCUSSION_HELD}),
        (Duty.PLAN, ARRIVED, {ActKind.PLAN_MADE, ActKind.MULTISECTOR_PLAN}),
        (
            Duty.PLAN,
            IN_2023,
            {
                ActKind.PLAN_MADE,
                ActKind.MULTISECTOR_PLAN,
                ActKind.ASSESSMENT_BEGUN,
                ActKind.ASSESSMENT_BOOKED,
                ActKind.ASSESSMENT_FINISHED,
            },
        ),
        (
            Duty.ASSESS,
            ARRIVED,
            {
                ActKind.ASSESSMENT_BEGUN,
                ActKind.ASSESSMENT_BOOKED,
                ActKind.ASSESSMENT_FINISHED,
                ActKind.ASSESSMENT_UNNEEDED,
            },
        ),
        (
            Duty.ACTIVATE,
            ARRIVED,
            {ActKind.PLAN_BEGUN, ActKind.PLAN_BOOKED, ActKind.PLAN_MADE, ActKind.MULTISECTOR_PLAN},
        ),
        (Duty.DECIDE, ARRIVED, set()),
        (Duty.DECIDE_URGENT, ARRIVED, set()),
    ],
)
def test_each_duty_is_done_by_its_own_acts_and_no_others(duty: Duty, since: datetime.date, does: set[ActKind]) -> None:
    found = {kind for kind in ActKind if met_on(duty, Facts((act(kind),), None, ""), since) == TODAY}
    assert found == does


def test_the_first_of_several_acts_does_it() -> None:
    acts = (act(ActKind.ASSESSMENT_FINISHED), act(ActKind.ASSESSMENT_BEGUN, TODAY - DAY))
    assert met_on(Duty.ASSESS, Facts(acts, None, ""), ARRIVED) == TODAY - DAY


@pytest.mark.parametrize("outcome", [Outcome.SUPPORT_GRANTED, Outcome.SUPPORT_REFUSED, Outcome.TRANSFERRED])
def test_a_decision_meets_the_deadline_of_an_application(outcome: str) -> None:
    assert met_on(Duty.DECIDE, Facts((), TODAY, outcome), ARRIVED) == TODAY


def test_an_application_that_is_closed_otherwise_was_not_decided() -> None:
    assert met_on(Duty.DECIDE, Facts((), TODAY, Outcome.ALREADY_CLIENT), ARRIVED) is None


def test_a_discussion_is_done_by_closing_only_where_the_outcome_says_that_the_client_was_met() -> None:
    assert met_on(Duty.DISCUSS, Facts((), TODAY, Outcome.MET_NO_NEED), ARRIVED) == TODAY
    assert met_on(Duty.DISCUSS, Facts((), TODAY, Outcome.DECLINED), ARRIVED) is None


class TestRecording:
    def test_an_act_does_the_duty_on_its_day(self, aino: User, tauno: Client) -> None:
        matter = matter_of(tauno, aino)
        record_act(aino, matter, ActKind.ASSESSMENT_BEGUN, TODAY - DAY, how=Channel.CALL)
        assert met(matter) == {Duty.ASSESS: TODAY - DAY}
        matter.refresh_from_db()
        assert matter.due is None

    def test_it_is_told_by_whom_it_was_recorded(self, aino: User, tauno: Client) -> None:
        record_act(aino, matter_of(tauno, aino), ActKind.ASSESSMENT_BEGUN, TODAY - DAY)
        told = sentence(Event.objects.get(kind="act.recorded"))
        assert told == "Aino Demolainen kirjasi: palvelutarpeen arviointi aloitettu, ma 12.11."

    @pytest.mark.parametrize(
        ("kind", "day", "field"),
        [
            (ActKind.ASSESSMENT_BEGUN, TODAY + DAY, "day"),
            (ActKind.ASSESSMENT_BEGUN, ARRIVED - DAY, "day"),
            (ActKind.ASSESSMENT_UNNEEDED, TODAY, "note"),
            (ActKind.ASSESSMENT_BOOKED, TODAY, "kind"),
            (ActKind.INTEGRATION_JOINED, TODAY, "kind"),
            ("something", TODAY, "kind"),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(
        self, aino: User, tauno: Client, kind: str, day: datetime.date, field: str
    ) -> None:
        with pytest.raises(NotPossible) as refusal:
            record_act(aino, matter_of(tauno, aino), kind, day)
        assert refusal.value.field == field

    def test_a_colleague_does_not_do_the_duty_of_a_matter_that_is_not_theirs(
        self, aino: User, eetu: User, tauno: Client
    ) -> None:
        with pytest.raises(NotPossible):
            record_act(eetu, matter_of(tauno, aino), ActKind.ASSESSMENT_BEGUN, TODAY)


class TestTakingBack:
    def test_a_wrong_mark_does_no_duty_and_stays_with_its_reason(self, aino: User, tauno: Client) -> None:
        matter = matter_of(tauno, aino)
        wrong = record_act(aino, matter, ActKind.ASSESSMENT_BEGUN, TODAY)
        take_back_act(aino, matter, wrong, "Väärä asiakas.")
        assert met(matter) == {Duty.ASSESS: None}
        kept = Act.objects.get()
        assert (kept.taken_back_by, kept.taken_back_why) == (aino, "Väärä asiakas.")

    def test_without_a_reason_or_twice_it_is_refused(self, aino: User, tauno: Client) -> None:
        matter = matter_of(tauno, aino)
        wrong = record_act(aino, matter, ActKind.ASSESSMENT_BEGUN, TODAY)
        with pytest.raises(NotPossible):
            take_back_act(aino, matter, wrong, " ")
        take_back_act(aino, matter, wrong, "Väärä asiakas.")
        with pytest.raises(NotPossible):
            take_back_act(aino, matter, wrong, "Väärä asiakas.")


class TestBooking:
    def test_a_booking_stands_while_its_time_does(self, aino: User, tauno: Client) -> None:
        matter = matter_of(tauno, aino)
        time = offer(aino, tauno, matter=matter, at=NOW + 3 * DAY, worker=aino)
        record_act(aino, matter, ActKind.ASSESSMENT_BOOKED, TODAY, appointment=time)
        assert met(matter) == {Duty.ASSESS: TODAY}
        mark(aino, time, AppointmentState.CANCELLED_BY_OFFICE)
        assert met(matter) == {Duty.ASSESS: None}

    def test_a_time_that_is_moved_takes_its_booking_along(self, aino: User, tauno: Client) -> None:
        matter = matter_of(tauno, aino)
        time = offer(aino, tauno, matter=matter, at=NOW + 3 * DAY, worker=aino)
        record_act(aino, matter, ActKind.ASSESSMENT_BOOKED, TODAY, appointment=time)
        new = move(aino, time, by_client=True, at=NOW + 4 * DAY, worker=aino)
        assert met(matter) == {Duty.ASSESS: TODAY}
        assert Act.objects.get().appointment == new


class TestWhatWasToldBefore:
    def test_stays_as_it_was_told(self, aino: User, tauno: Client) -> None:
        matter = matter_of(tauno, aino)
        Deadline.objects.filter(matter=matter).update(met_on=TODAY - DAY, told_before=True)
        record_contact(aino, tauno, matter=matter, channel=Channel.CALL, outcome=ContactOutcome.NO_ANSWER, at=NOW)
        settle_deadlines(matter)
        assert met(matter) == {Duty.ASSESS: TODAY - DAY}

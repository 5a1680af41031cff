"""The life of a matter: what each action does, and when it is refused."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.matters import life as matters
from cases.matters import rules
from cases.matters.file import MatterFile
from cases.matters.outcomes import outcomes_for
from cases.models import Client, Event, Matter, MatterKind, MatterState, RestrictedAccess
from cases.models.contact import Channel, ContactOutcome
from cases.models.deadline import Duty
from cases.models.matter import MatterSource, Outcome
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import Municipality, Unit
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter

TOMORROW = datetime.date(2018, 11, 14)


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli")


@pytest.fixture
def application(tauno: Client) -> Matter:
    """Arrived on Monday 5.11.: due tomorrow."""
    return make_matter(tauno, arrived=datetime.date(2018, 11, 5))


@pytest.fixture
def need(tauno: Client) -> Matter:
    return make_matter(tauno, MatterKind.SOCIAL_WORK_NEED, datetime.date(2018, 11, 12))


def kinds(matter: Matter) -> list[str]:
    return list(Event.objects.filter(matter=matter).order_by("pk").values_list("kind", flat=True))


class TestOpening:
    def test_a_paper_application_has_the_clock_of_a_kela_application(
        self, aino: User, kuopio: Municipality, tauno: Client
    ) -> None:
        matter = matters.open_matter(
            aino,
            kuopio,
            tauno,
            kind=MatterKind.APPLICATION,
            source=MatterSource.PAPER,
            arrived=datetime.date(2018, 11, 5),
        )
        assert matter.due == TOMORROW
        assert [d.duty for d in matter.deadlines.all()] == [Duty.DECIDE]
        assert kinds(matter) == ["matter.opened"]

    def test_a_wish_for_discussion_brings_its_own_deadline_from_the_request(
        self, aino: User, kuopio: Municipality, tauno: Client
    ) -> None:
        matter = matters.open_matter(
            aino,
            kuopio,
            tauno,
            kind=MatterKind.CONTACT,
            source=MatterSource.PHONE,
            arrived=TODAY,
            wants_discussion=True,
            requested_on=datetime.date(2018, 11, 9),
        )
        discussion = matter.deadlines.get(duty=Duty.DISCUSS)
        assert (discussion.counted_from, discussion.due) == (
            datetime.date(2018, 11, 9),
            datetime.date(2018, 11, 20),
        )

    @pytest.mark.parametrize("field", ["arrived", "requested_on"])
    def test_a_day_in_the_future_is_refused_beside_its_field(
        self, aino: User, kuopio: Municipality, tauno: Client, field: str
    ) -> None:
        days: dict[str, Any] = {"arrived": TODAY, field: TOMORROW}
        with pytest.raises(NotPossible) as refusal:
            matters.open_matter(aino, kuopio, tauno, kind=MatterKind.CONTACT, source=MatterSource.PHONE, **days)
        assert refusal.value.field == field


class TestTaking:
    def test_a_free_matter_becomes_mine_and_is_in_progress(self, aino: User, application: Matter) -> None:
        matters.take(aino, application)
        application.refresh_from_db()
        assert (application.assignee, application.state) == (aino, MatterState.IN_PROGRESS)
        assert application.assigned_at == NOW
        assert kinds(application) == ["matter.taken"]

    def test_each_change_makes_a_new_version(self, aino: User, application: Matter) -> None:
        matters.take(aino, application)
        assert Matter.objects.get(pk=application.pk).version == 2

    def test_what_a_colleague_has_taken_is_refused_by_name(self, aino: User, eetu: User, application: Matter) -> None:
        matters.take(aino, application)
        with pytest.raises(NotPossible, match="Aino Demolainen"):
            matters.take(eetu, application)

    def test_taking_twice_is_refused(self, aino: User, application: Matter) -> None:
        matters.take(aino, application)
        with pytest.raises(NotPossible):
            matters.take(aino, application)

    def test_a_closed_matter_cannot_be_taken(self, aino: User, application: Matter) -> None:
        matters.close(aino, application, Outcome.SUPPORT_GRANTED)
        with pytest.raises(NotPossible):
            matters.take(aino, application)

    def test_a_form_made_from_an_older_version_is_refused(self, aino: User, eetu: User, application: Matter) -> None:
        record_contact(
            eetu,
            application.client,
            matter=application,
            channel=Channel.CALL,
            outcome=ContactOutcome.NO_ANSWER,
            at=NOW,
        )
        with pytest.raises(ChangedMeanwhile):
            matters.close(aino, application, Outcome.SUPPORT_GRANTED, version=1)
        assert Matter.objects.get(pk=application.pk).is_open

    def test_a_matter_of_another_unit_comes_to_the_unit_of_the_taker(
        self, aino: User, application: Matter, northern: Unit, southern: Unit
    ) -> None:
        Matter.objects.filter(pk=application.pk).update(unit=northern)
        matters.take(aino, application)
        assert Matter.objects.get(pk=application.pk).unit == southern


class TestUndoingTheTaking:
    def test_the_matter_is_free_and_new_again(self, aino: User, application: Matter) -> None:
        matters.take(aino, application)
        assert rules.UNDO_TAKE(aino, MatterFile(application)) is None
        matters.undo_take(aino, application)
        application.refresh_from_db()
        assert (application.assignee, application.assigned_at, application.state) == (None, None, MatterState.NEW)
        assert kinds(application) == ["matter.taken", "matter.take_undone"]

    def test_only_the_taker_can(self, aino: User, eetu: User, application: Matter) -> None:
        matters.take(aino, application)
        with pytest.raises(NotPossible):
            matters.undo_take(eetu, application)

    def test_not_after_later_work(self, aino: User, application: Matter) -> None:
        matters.take(aino, application)
        record_contact(
            aino,
            application.client,
            matter=application,
            channel=Channel.CALL,
            outcome=ContactOutcome.NO_ANSWER,
            at=NOW,
        )
        assert rules.UNDO_TAKE(aino, MatterFile(application)) is not None
        with pytest.raises(NotPossible):
            matters.undo_take(aino, application)

    def test_what_was_given_to_me_stays_with_me(self, aino: User, sirkka: User, application: Matter) -> None:
        matters.assign(sirkka, application, aino)
        matters.take(aino, application)
        matters.undo_take(aino, application)
        application.refresh_from_db()
        assert (application.assignee, application.state) == (aino, MatterState.NEW)


class TestHandingOver:
    def test_the_colleague_has_it_as_new_until_it_is_opened(self, aino: User, eetu: User, application: Matter) -> None:
        matters.take(aino, application)
        matters.hand_over(aino, application, eetu, "Tuttu asiakas sinulle.")
        application.refresh_from_db()
        assert (application.assignee, application.seen_by_assignee) == (eetu, False)
        matters.mark_seen(aino, application)
        assert not Matter.objects.get(pk=application.pk).seen_by_assignee
        matters.mark_seen(eetu, application)
        assert Matter.objects.get(pk=application.pk).seen_by_assignee

    def test_it_moves_to_a_unit_where_the_colleague_sees_it(
        self, aino: User, eetu: User, application: Matter, kuopio: Municipality, southern: Unit, northern: Unit
    ) -> None:
        Matter.objects.filter(pk=application.pk).update(unit=southern)
        assert not Matter.objects.visible_to(eetu, kuopio).exists()
        matters.hand_over(aino, application, eetu)
        assert Matter.objects.visible_to(eetu, kuopio).get().unit == northern

    def test_a_colleagues_matter_is_not_mine_to_give(self, aino: User, eetu: User, application: Matter) -> None:
        matters.take(aino, application)
        with pytest.raises(NotPossible, match="Aino Demolainen"):
            matters.hand_over(eetu, application, eetu)

    def test_a_supervisor_assigns_any(self, aino: User, eetu: User, sirkka: User, application: Matter) -> None:
        matters.take(aino, application)
        matters.assign(sirkka, application, eetu)
        assert Matter.objects.get(pk=application.pk).assignee == eetu
        assert kinds(application)[-1] == "matter.assigned"

    def test_only_a_supervisor_assigns(self, aino: User, eetu: User, application: Matter) -> None:
        with pytest.raises(NotPossible):
            matters.assign(aino, application, eetu)

    @pytest.mark.parametrize("who", ["kaisa", "paula", "olli"])
    def test_only_to_those_who_do_casework_here(
        self, aino: User, application: Matter, who: str, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(NotPossible) as refusal:
            matters.hand_over(aino, application, request.getfixturevalue(who))
        assert refusal.value.field == "to"

    def test_not_to_one_who_may_not_see_a_restricted_client(
        self, aino: User, eetu: User, application: Matter, tauno: Client
    ) -> None:
        Client.objects.filter(pk=tauno.pk).update(restricted=True)
        RestrictedAccess.objects.create(municipality=tauno.municipality, client=tauno, user=aino, named_by=aino)
        with pytest.raises(NotPossible, match="Eetu Esimerkki"):
            matters.hand_over(aino, application, eetu)
        assert Matter.objects.get(pk=application.pk).assignee is None


class TestWaiting:
    def test_the_matter_waits_until_a_day_and_its_deadlines_run_on(self, aino: User, application: Matter) -> None:
        matters.take(aino, application)
        matters.set_waiting(aino, application, MatterState.WAITING_INFORMATION, TOMORROW, "tiliotteet")
        application.refresh_from_db()
        assert (application.state, application.waiting_until) == (MatterState.WAITING_INFORMATION, TOMORROW)
        assert application.due == TOMORROW
        matters.resume(aino, application)
        application.refresh_from_db()
        assert (application.state, application.waiting_until) == (MatterState.IN_PROGRESS, None)

    @pytest.mark.parametrize(
        ("state", "until", "field"),
        [(MatterState.WAITING_CLIENT, TODAY, "until"), (MatterState.CLOSED, TOMORROW, "state")],
    )
    def test_the_day_is_ahead_and_something_is_waited_for(
        self, aino: User, application: Matter, state: str, until: datetime.date, field: str
    ) -> None:
        matters.take(aino, application)
        with pytest.raises(NotPossible) as refusal:
            matters.set_waiting(aino, application, state, until)
        assert refusal.value.field == field

    def test_a_free_matter_waits_for_nobody(self, aino: User, application: Matter) -> None:
        with pytest.raises(NotPossible):
            matters.set_waiting(aino, application, MatterState.WAITING_CLIENT, TOMORROW)


class TestClosing:
    def test_it_has_an_outcome_and_leaves_the_due_days(self, aino: User, application: Matter) -> None:
        matters.close(aino, application, Outcome.SUPPORT_GRANTED)
        application.refresh_from_db()
        assert (application.state, application.outcome, application.due) == (
            MatterState.CLOSED,
            Outcome.SUPPORT_GRANTED,
            None,
        )
        assert application.closed_by == aino

    def test_an_application_is_decided_never_left_unreached(self, aino: User, application: Matter) -> None:
        assert Outcome.NOT_REACHED not in outcomes_for(MatterKind.APPLICATION)
        with pytest.raises(NotPossible) as refusal:
            matters.close(aino, application, Outcome.NOT_REACHED)
        assert refusal.value.field == "outcome"

    def test_some_outcomes_need_a_reason(self, aino: User, need: Matter) -> None:
        with pytest.raises(NotPossible) as refusal:
            matters.close(aino, need, Outcome.DECLINED, "  ")
        assert refusal.value.field == "reason"
        matters.close(aino, need, Outcome.DECLINED, "Ei halua yhteyttä nyt.")
        assert not Matter.objects.get(pk=need.pk).is_open

    def test_not_reached_asks_for_attempts_and_a_letter(self, aino: User, need: Matter) -> None:
        def attempt(channel: str, outcome: str) -> None:
            record_contact(aino, need.client, matter=need, channel=channel, outcome=outcome, at=NOW)

        attempt(Channel.CALL, ContactOutcome.NO_ANSWER)
        with pytest.raises(NotPossible, match="3"):
            matters.close(aino, need, Outcome.NOT_REACHED)
        attempt(Channel.CALL, ContactOutcome.NO_ANSWER)
        attempt(Channel.MESSAGE, ContactOutcome.SENT)
        with pytest.raises(NotPossible):
            matters.close(aino, need, Outcome.NOT_REACHED)
        attempt(Channel.LETTER, ContactOutcome.SENT)
        matters.close(aino, need, Outcome.NOT_REACHED)
        assert Matter.objects.get(pk=need.pk).outcome == Outcome.NOT_REACHED

    def test_a_colleagues_matter_is_not_mine_to_close(self, aino: User, eetu: User, application: Matter) -> None:
        matters.take(aino, application)
        with pytest.raises(NotPossible):
            matters.close(eetu, application, Outcome.SUPPORT_GRANTED)


class TestChangedAfterClosing:
    def test_the_mark_stays_until_somebody_has_looked(self, aino: User, application: Matter) -> None:
        matters.close(aino, application, Outcome.SUPPORT_GRANTED)
        with pytest.raises(NotPossible):
            matters.acknowledge_change(aino, application)
        Matter.objects.update(changed_after_closing=True)
        matters.acknowledge_change(aino, application)
        application.refresh_from_db()
        assert (application.changed_after_closing, application.is_open) == (False, False)
        assert kinds(application)[-1] == "matter.change_acknowledged"


class TestReopening:
    def test_what_the_closing_had_met_is_open_again(self, aino: User, application: Matter) -> None:
        matters.take(aino, application)
        matters.close(aino, application, Outcome.SUPPORT_GRANTED)
        assert application.deadlines.get().met_on == TODAY
        matters.reopen(aino, application, "Päätöksessä oli väärä kausi.")
        application.refresh_from_db()
        assert (application.state, application.outcome, application.due) == (MatterState.IN_PROGRESS, "", TOMORROW)
        assert application.deadlines.get().met_on is None

    def test_it_needs_a_reason_and_a_closed_matter(self, aino: User, application: Matter) -> None:
        with pytest.raises(NotPossible):
            matters.reopen(aino, application, "Miksi ei.")
        matters.close(aino, application, Outcome.SUPPORT_GRANTED)
        with pytest.raises(NotPossible) as refusal:
            matters.reopen(aino, application, "")
        assert refusal.value.field == "reason"

    def test_it_is_new_to_the_one_who_had_it(self, aino: User, sirkka: User, application: Matter) -> None:
        matters.take(aino, application)
        matters.close(aino, application, Outcome.SUPPORT_GRANTED)
        matters.reopen(sirkka, application, "Oikaisu.")
        application.refresh_from_db()
        assert (application.assignee, application.seen_by_assignee) == (aino, False)

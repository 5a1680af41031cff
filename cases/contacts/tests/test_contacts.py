"""Contacts: what they mean for attempts and deadlines."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases.appointments.verbs import offer
from cases.contacts.verbs import record_contact
from cases.matters import life as matters
from cases.models import Client, Event, Matter, MatterKind, MatterState
from cases.models.contact import Channel, ContactOutcome
from cases.models.deadline import Duty
from cases.models.matter import Outcome
from cases.timeline.sentences import sentence, sentences
from core.saving import NotPossible
from municipalities.models import Municipality
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli")


def contact(aino: User, matter: Matter, channel: str, outcome: str, at: datetime.datetime = NOW, **texts: Any) -> None:
    record_contact(aino, matter.client, matter=matter, channel=channel, outcome=outcome, at=at, **texts)


class TestAttempts:
    def test_contacts_that_did_not_reach_pile_up(self, aino: User, tauno: Client) -> None:
        matter = make_matter(tauno)
        contact(aino, matter, Channel.CALL, ContactOutcome.NO_ANSWER)
        contact(aino, matter, Channel.LETTER, ContactOutcome.SENT)
        matter.refresh_from_db()
        assert (matter.attempts, matter.last_contact_at) == (2, NOW)

    def test_a_contact_without_a_matter_is_the_clients_only(self, aino: User, tauno: Client) -> None:
        matter = make_matter(tauno)
        record_contact(aino, tauno, channel=Channel.CALL, outcome=ContactOutcome.NO_ANSWER, at=NOW)
        matter.refresh_from_db()
        assert matter.attempts == 0
        assert tauno.contacts.get().matter is None

    def test_whoever_has_the_matter_and_calls_has_begun_it(self, aino: User, sirkka: User, tauno: Client) -> None:
        matter = make_matter(tauno)
        matters.assign(sirkka, matter, aino)
        contact(aino, matter, Channel.CALL, ContactOutcome.NO_ANSWER)
        matter.refresh_from_db()
        assert (matter.state, matter.seen_by_assignee) == (MatterState.IN_PROGRESS, True)


class TestRefusals:
    @pytest.mark.parametrize(
        ("at", "field"),
        [
            (NOW + datetime.timedelta(hours=1), "at"),
            (NOW - datetime.timedelta(days=2), "at"),
        ],
    )
    def test_a_time_ahead_or_before_the_arrival(
        self, aino: User, tauno: Client, at: datetime.datetime, field: str
    ) -> None:
        matter = make_matter(tauno, arrived=datetime.date(2018, 11, 12))
        with pytest.raises(NotPossible) as refusal:
            contact(aino, matter, Channel.CALL, ContactOutcome.REACHED, at)
        assert refusal.value.field == field

    def test_an_outcome_that_does_not_fit_what_was_done(self, aino: User, tauno: Client) -> None:
        with pytest.raises(NotPossible) as refusal:
            contact(aino, make_matter(tauno), Channel.LETTER, ContactOutcome.NO_ANSWER)
        assert refusal.value.field == "outcome"


class TestNoDeadline:
    @pytest.mark.parametrize("kind", [kind for kind in MatterKind if kind != MatterKind.APPLICATION])
    @pytest.mark.parametrize("channel", [Channel.CALL, Channel.MEETING, Channel.LETTER])
    def test_is_met_by_a_contact_whatever_came_of_it(
        self, aino: User, tauno: Client, kind: MatterKind, channel: Channel
    ) -> None:
        matter = make_matter(tauno, kind, arrived=datetime.date(2018, 11, 8))
        contact(aino, matter, channel, ContactOutcome.REACHED)
        matter.refresh_from_db()
        assert (matter.deadlines.get().met_on, matter.due) == (None, matter.deadlines.get().due)

    def test_of_an_application_either(self, aino: User, tauno: Client) -> None:
        matter = make_matter(tauno, arrived=datetime.date(2018, 11, 5), wants_discussion=True)
        contact(aino, matter, Channel.MEETING, ContactOutcome.REACHED)
        assert {d.duty: d.met_on for d in matter.deadlines.all()} == {Duty.DECIDE: None, Duty.DISCUSS: None}


class TestAMeetingAboutOneMatter:
    def test_settles_the_time_of_another_which_then_has_its_own_next_date(self, aino: User, tauno: Client) -> None:
        one, other = make_matter(tauno, MatterKind.CONTACT), make_matter(tauno, MatterKind.IMMIGRANT)
        offer(aino, tauno, matter=other, at=NOW + datetime.timedelta(hours=1), worker=aino)
        other.refresh_from_db()
        assert other.time_on == TODAY
        contact(aino, one, Channel.MEETING, ContactOutcome.REACHED)
        other.refresh_from_db()
        assert other.time_on is None


class TestSentences:
    def test_a_contact_is_told_with_its_outcome(self, aino: User, tauno: Client) -> None:
        contact(aino, make_matter(tauno), Channel.CALL, ContactOutcome.NO_ANSWER)
        assert sentence(Event.objects.get(kind="contact.recorded")) == "Aino Demolainen soitti. Ei vastannut."

    def test_the_text_of_a_contact_is_not_copied_into_the_event(self, aino: User, tauno: Client) -> None:
        contact(aino, make_matter(tauno), Channel.CALL, ContactOutcome.REACHED, text="Maksaa huomenna.")
        assert "Maksaa" not in str(Event.objects.get(kind="contact.recorded").data)

    def test_every_kind_has_words_and_names_are_read_once(
        self, aino: User, eetu: User, tauno: Client, django_assert_num_queries: Any
    ) -> None:
        matter = make_matter(tauno)
        matters.take(aino, matter)
        matters.undo_take(aino, matter)
        matters.hand_over(aino, matter, eetu, "Sinulle tuttu.")
        matters.set_waiting(eetu, matter, MatterState.WAITING_CLIENT, datetime.date(2018, 11, 20))
        matters.resume(eetu, matter)
        matters.close(eetu, matter, Outcome.WRONG_OR_WITHDRAWN, "Perui itse.")
        matters.reopen(eetu, matter, "Perui perumisen.")
        events = list(Event.objects.filter(matter=matter).order_by("pk"))
        with django_assert_num_queries(1):
            told = sentences(events)
        assert all("matter." not in t.text for t in told)
        assert "Eetu Esimerkki" in told[2].text
        assert "Sinulle tuttu." in told[2].text

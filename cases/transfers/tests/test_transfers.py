"""A matter to another municipality: what arrives, what stays unseen, and how it ends on both sides."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases.conftest import ARRIVED
from cases.contacts.verbs import record_contact
from cases.information.verbs import ask_for_information
from cases.matters import life as matters
from cases.models import (
    Client,
    Contact,
    Event,
    Matter,
    MatterKind,
    MatterState,
    Transfer,
)
from cases.models.contact import Channel, ContactOutcome
from cases.models.deadline import CountedFrom, Duty
from cases.models.matter import MatterSource, Outcome
from cases.models.transfer import TransferState
from cases.timeline.sentences import sentences
from cases.transfers import verbs as transfers
from cases.transfers.tests.transferring import WHY, arrived_matter, send
from core.row_security import scope
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import Municipality, Role
from testing.clock import TODAY
from testing.factories import identity_code, make_client, make_matter
from testing.people import person


class TestRequesting:
    def test_the_matter_arrives_today_and_the_senders_waits(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        transfers.request_transfer(aino, application, tampere, WHY)
        application.refresh_from_db()
        assert application.state == MatterState.WAITING_TRANSFER
        assert application.due == datetime.date(2018, 11, 16), "the old clock runs on"
        with there():
            new = arrived_matter()
            assert (new.source, new.arrived, new.state) == (MatterSource.TRANSFER, TODAY, MatterState.NEW)
            assert (new.unit, new.assignee, new.created_by) == (None, None, None)
            assert new.due == datetime.date(2018, 11, 22), "the 7th working day from the arrival there"

    def test_an_urgent_application_gets_the_urgent_clock(
        self, aino: User, tauno: Client, tampere: Municipality, there: Any
    ) -> None:
        new = send(make_matter(tauno, arrived=ARRIVED, urgent=True), aino, tampere)
        assert new.urgent
        assert new.due == datetime.date(2018, 11, 14)

    def test_a_wish_for_a_discussion_keeps_its_day(
        self, aino: User, tauno: Client, tampere: Municipality, there: Any
    ) -> None:
        wish = make_matter(tauno, MatterKind.SOCIAL_WORK_NEED, ARRIVED, wants_discussion=True)
        wish.deadlines.filter(duty=Duty.DISCUSS).update(
            counted_from=datetime.date(2018, 11, 5), counted_from_what=CountedFrom.CREATED
        )
        new = send(wish, aino, tampere)
        with there():
            found = new.deadlines.get(duty=Duty.DISCUSS)
            assert (found.counted_from, found.counted_from_what) == (datetime.date(2018, 11, 5), CountedFrom.CREATED)
            assert found.due == datetime.date(2018, 11, 14)

    def test_a_mere_wish_for_a_discussion_keeps_the_day_on_which_it_came(
        self, aino: User, tauno: Client, tampere: Municipality, there: Any
    ) -> None:
        new = send(make_matter(tauno, MatterKind.DISCUSSION, ARRIVED), aino, tampere)
        assert (new.arrived, new.due) == (TODAY, datetime.date(2018, 11, 16))

    def test_nothing_of_the_casework_goes_along(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        now = datetime.datetime(2018, 11, 12, 8, 0, tzinfo=datetime.UTC)
        client = application.client
        words: Any = {"channel": Channel.CALL, "outcome": ContactOutcome.REACHED, "at": now, "text": "Salainen sana"}
        record_contact(aino, client, matter=application, **words)
        matters.hand_over(
            aino, application, person("Kalle Kuvitteellinen", "k@k.example", Role.SUPERVISOR, tampere)
        ) if False else None
        send(application, aino, tampere)
        with there():
            assert not Contact.objects.exists()
            assert [e.kind for e in Event.objects.all()] == ["transfer.arrived"]
            assert "Salainen" not in str(list(Event.objects.values())) + str(list(Transfer.objects.values()))

    @pytest.mark.parametrize("text", ["", "  "])
    def test_a_reason_is_needed(
        self, text: str, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        with pytest.raises(NotPossible, match="Kirjoita"):
            transfers.request_transfer(aino, application, tampere, text)

    def test_where_nobody_uses_the_program_another_way_is_told(
        self, aino: User, application: Matter, tampere: Municipality
    ) -> None:
        with pytest.raises(NotPossible, match="Tampere"):
            transfers.request_transfer(aino, application, tampere, WHY)
        assert not Transfer.objects.exists()

    def test_the_own_municipality_is_no_other(self, aino: User, application: Matter, kuopio: Municipality) -> None:
        with pytest.raises(NotPossible):
            transfers.request_transfer(aino, application, kuopio, WHY)

    def test_a_colleagues_matter_is_not_mine_to_transfer(
        self, sirkka: User, application: Matter, aino: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        other = person("Veikko Esimerkki", "veikko@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        with pytest.raises(NotPossible, match="Aino"):
            transfers.request_transfer(other, application, tampere, WHY)
        transfers.request_transfer(sirkka, application, tampere, WHY)

    def test_an_older_form_is_refused(self, aino: User, application: Matter, tampere: Municipality, there: Any) -> None:
        with pytest.raises(ChangedMeanwhile):
            transfers.request_transfer(aino, application, tampere, WHY, version=application.version - 1)

    def test_neither_side_ends_it_before_the_answer(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        for act in (
            lambda: matters.close(aino, application, Outcome.SUPPORT_GRANTED),
            lambda: matters.set_waiting(
                aino, application, MatterState.WAITING_CLIENT, TODAY + datetime.timedelta(days=3)
            ),
            lambda: transfers.request_transfer(aino, application, tampere, WHY),
        ):
            with pytest.raises(NotPossible, match="Peru"):
                act()
        with there(), pytest.raises(NotPossible, match="palauta"):
            matters.close(olli, new, Outcome.SUPPORT_GRANTED)


class TestAnswering:
    def test_accepted_it_closes_at_the_sender_as_transferred(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.accept(olli, new, version=new.version)
            assert new.is_open
        application.refresh_from_db()
        assert (application.state, application.outcome) == (MatterState.CLOSED, Outcome.TRANSFERRED)
        assert application.deadlines.get().met_on == TODAY
        row = Transfer.objects.get()
        assert (row.state, row.answered_by, row.answered_by_name) == (TransferState.ACCEPTED, None, olli.name)
        with pytest.raises(NotPossible, match="toisella kunnalla"):
            matters.reopen(aino, application, "Sittenkin")

    def test_returned_the_sender_goes_on_with_the_old_clock(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        due = application.due
        new = send(application, aino, tampere)
        with there():
            transfers.give_back(olli, new, "Asuu yhä Kuopiossa.")
            assert (new.state, new.outcome, new.due) == (MatterState.CLOSED, Outcome.WRONG_OR_WITHDRAWN, None)
            with pytest.raises(NotPossible):
                matters.reopen(olli, new, "Sittenkin")
        application.refresh_from_db()
        assert (application.state, application.due) == (MatterState.IN_PROGRESS, due)
        assert not application.seen_by_assignee, "whoever has the matter is told"
        assert Transfer.objects.get().answer == "Asuu yhä Kuopiossa."

    def test_the_information_that_was_asked_for_is_waited_for_again(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        limit = TODAY + datetime.timedelta(days=14)
        ask_for_information(aino, application, ["Tiliote"], limit)
        send(application, aino, tampere)
        transfers.revoke(aino, application)
        assert (application.state, application.waiting_until) == (MatterState.WAITING_INFORMATION, limit)

    def test_a_free_matter_comes_back_free(
        self, aino: User, olli: User, tauno: Client, tampere: Municipality, there: Any
    ) -> None:
        free = make_matter(tauno)
        new = send(free, aino, tampere)
        with there():
            transfers.give_back(olli, new, "Ei kuulu meille.")
        free.refresh_from_db()
        assert (free.state, free.assignee) == (MatterState.NEW, None)

    def test_revoked_it_closes_there(self, aino: User, application: Matter, tampere: Municipality, there: Any) -> None:
        new = send(application, aino, tampere)
        transfers.revoke(aino, application)
        assert application.state == MatterState.IN_PROGRESS
        with there():
            new.refresh_from_db()
            assert (new.state, new.outcome, new.closed_by) == (MatterState.CLOSED, Outcome.WRONG_OR_WITHDRAWN, None)

    def test_only_one_answer_counts(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.accept(olli, new)
        with pytest.raises(NotPossible, match="hyväksynyt"):
            transfers.revoke(aino, application)

    def test_returning_needs_a_reason(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there(), pytest.raises(NotPossible, match="Kirjoita"):
            transfers.give_back(olli, new, " ")

    def test_after_a_return_it_may_be_asked_again(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.give_back(olli, new, "Ei kuulu meille.")
        again = send(application, aino, tampere)
        assert again.pk != new.pk
        assert again.client_id == new.client_id

    def test_the_receiver_may_send_it_on_once_it_has_accepted(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        raisio = Municipality.objects.get(pk=680)
        person("Raija Kokeilija", "raija@raisio.example", Role.SOCIAL_WORKER, raisio)
        new = send(application, aino, tampere)
        with there():
            with pytest.raises(NotPossible):
                transfers.request_transfer(olli, new, raisio, WHY)
            transfers.accept(olli, new)
            transfers.request_transfer(olli, new, raisio, WHY)
        with scope([raisio.pk]):
            assert arrived_matter().client.identity_code() == application.client.identity_code()


class TestTelling:
    def test_both_sides_hear_what_happened(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.give_back(olli, new, "Asuu yhä Kuopiossa.")
            at_receiver = [told.text for told in sentences(Event.objects.order_by("pk"))]
        at_sender = [told.text for told in sentences(Event.objects.order_by("pk"))]
        assert at_sender == [
            f"Aino Demolainen pyysi toista kuntaa ottamaan asian. ”{WHY}”",
            "Toinen kunta palautti asian. ”Asuu yhä Kuopiossa.”",
        ]
        assert at_receiver == [
            f"Asia tuli toisesta kunnasta. ”{WHY}”",
            "Olli Harjoitus palautti asian toiseen kuntaan. ”Asuu yhä Kuopiossa.”",
        ]

    def test_under_turvakielto_no_event_holds_the_place(
        self, aino: User, olli: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        matter = make_matter(make_client(kuopio, identity_code(), non_disclosure=True))
        new = send(matter, aino, tampere, "Muutti Tampereelle.")
        with there():
            transfers.give_back(olli, new, "Ei asu Tampereella.")
        assert Transfer.objects.get().hides_place
        told = str(list(Event.objects.values("data")))
        assert "Tamper" not in told
        assert "837" not in told

    def test_what_was_written_is_not_told_once_the_person_is_under_turvakielto(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        send(application, aino, tampere, "Muutti Tampereelle.")
        Client.objects.update(non_disclosure=True)
        told = [one.text for one in sentences(Event.objects.filter(kind="transfer.requested"))]
        assert told == ["Aino Demolainen pyysi toista kuntaa ottamaan asian."]

"""A matter to another municipality: what arrives, what stays unseen, and how it ends on both sides."""

import datetime
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from cases.errors import ChangedMeanwhile, NotPossible
from cases.models import (
    Client,
    Contact,
    ContactDetail,
    Event,
    Matter,
    MatterKind,
    MatterState,
    OwnWorker,
    RestrictedAccess,
    Transfer,
)
from cases.models.contact import Channel, ContactOutcome
from cases.models.deadline import CountedFrom, Duty
from cases.models.matter import MatterSource, Outcome
from cases.models.transfer import TransferState
from cases.sentences import sentence, sentences
from cases.services import matters, transfers
from cases.services.clients import give_identity_code
from cases.services.contact_details import set_contact_detail
from cases.services.contacts import record_contact
from cases.services.information import ask_for_information
from cases.services.relations import restrict
from core.identity_code import parse
from core.row_security import scope
from municipalities.models import Municipality, Role
from testing.factories import identity_code, make_client, make_matter
from testing.people import person

TODAY = datetime.date(2018, 11, 13)
ARRIVED = datetime.date(2018, 11, 7)
WHY = "Muutti opiskelun vuoksi."


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2018, 11, 13, 12, 0, tzinfo=ZoneInfo("Europe/Helsinki")), tick=False):
        yield


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli", language="sv")


@pytest.fixture
def application(tauno: Client, aino: User) -> Matter:
    return make_matter(tauno, arrived=ARRIVED, assignee=aino, state=MatterState.IN_PROGRESS)


@pytest.fixture
def there(tampere: Municipality, olli: User) -> Any:
    """The scope of the other municipality, in which somebody works."""
    return lambda: scope([tampere.pk])


def arrived_matter() -> Matter:
    return Matter.objects.select_related("client").get()


def send(matter: Matter, actor: User, to: Municipality, reason: str = WHY) -> Matter:
    transfers.request_transfer(matter, actor, to, reason)
    with scope([to.pk]):
        return Matter.objects.select_related("client").latest("pk")


class TestRequesting:
    def test_the_matter_arrives_today_and_the_senders_waits(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        transfers.request_transfer(application, aino, tampere, WHY)
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
            application, aino, person("Kalle Kuvitteellinen", "k@k.example", Role.SUPERVISOR, tampere)
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
            transfers.request_transfer(application, aino, tampere, text)

    def test_where_nobody_uses_the_program_another_way_is_told(
        self, aino: User, application: Matter, tampere: Municipality
    ) -> None:
        with pytest.raises(NotPossible, match="Tampere"):
            transfers.request_transfer(application, aino, tampere, WHY)
        assert not Transfer.objects.exists()

    def test_the_own_municipality_is_no_other(self, aino: User, application: Matter, kuopio: Municipality) -> None:
        with pytest.raises(NotPossible):
            transfers.request_transfer(application, aino, kuopio, WHY)

    def test_a_colleagues_matter_is_not_mine_to_transfer(
        self, sirkka: User, application: Matter, aino: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        other = person("Veikko Esimerkki", "veikko@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        with pytest.raises(NotPossible, match="Aino"):
            transfers.request_transfer(application, other, tampere, WHY)
        transfers.request_transfer(application, sirkka, tampere, WHY)

    def test_an_older_form_is_refused(self, aino: User, application: Matter, tampere: Municipality, there: Any) -> None:
        with pytest.raises(ChangedMeanwhile):
            transfers.request_transfer(application, aino, tampere, WHY, version=application.version - 1)

    def test_neither_side_ends_it_before_the_answer(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        for act in (
            lambda: matters.close(application, aino, Outcome.SUPPORT_GRANTED),
            lambda: matters.set_waiting(
                application, aino, MatterState.WAITING_CLIENT, TODAY + datetime.timedelta(days=3)
            ),
            lambda: transfers.request_transfer(application, aino, tampere, WHY),
        ):
            with pytest.raises(NotPossible, match="Peru"):
                act()
        with there(), pytest.raises(NotPossible, match="palauta"):
            matters.close(new, olli, Outcome.SUPPORT_GRANTED)


class TestThePerson:
    def test_is_found_by_the_identity_code(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        code = application.client.identity_code()
        with there():
            known = make_client(tampere, code, family_name="Toisniminen", language="")
        new = send(application, aino, tampere)
        assert (new.client_id, new.client.family_name) == (known.pk, "Toisniminen")
        assert new.client.language == "sv", "what nobody knew there is filled in"

    def test_is_made_with_the_keys_of_the_receiver(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        assert new.client.identity_code() == application.client.identity_code()
        assert bytes(new.client.identity_code_index or b"") != bytes(application.client.identity_code_index or b"")
        with there():
            assert new.client.name_tokens.exists(), "the search finds them"
        assert new.client.created_by is None

    def test_without_an_identity_code_goes_by_birth_date_and_is_made_once(
        self, aino: User, olli: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        client = make_client(kuopio, "")
        first = send(make_matter(client), aino, tampere)
        second = send(make_matter(client, MatterKind.CONTACT), aino, tampere)
        assert first.client.birth_date == client.birth_date
        assert second.client_id == first.client_id
        with there():
            transfers.accept(second, olli)
            back = send(second, olli, kuopio)
        assert back.client_id == client.pk

    def test_is_the_same_when_the_receiver_has_given_the_identity_code_since(
        self, aino: User, olli: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        client = make_client(kuopio, "")
        first = send(make_matter(client), aino, tampere)
        code = parse(identity_code())
        with there():
            give_identity_code(first.client, code)
            first.client.save()
        second = send(make_matter(client, MatterKind.CONTACT), aino, tampere)
        assert second.client_id == first.client_id
        with there():
            transfers.accept(second, olli)
            back = send(second, olli, kuopio)
        assert (back.client_id, back.client.identity_code()) == (client.pk, code.text)

    def test_is_another_when_the_codes_given_on_the_two_sides_differ(
        self, aino: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        client = make_client(kuopio, "")
        first = send(make_matter(client), aino, tampere)
        with there():
            give_identity_code(first.client, parse(identity_code()))
            first.client.save()
        give_identity_code(client, parse(identity_code()))
        client.save()
        assert send(make_matter(client, MatterKind.CONTACT), aino, tampere).client_id != first.client_id

    def test_ways_to_be_reached_go_along_but_replace_nothing(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        client = application.client
        set_contact_detail(aino, client, "phone", "040 000 0001")
        set_contact_detail(aino, client, "email", "tauno@posti.example")
        ContactDetail.objects.create(
            municipality=client.municipality,
            client=client,
            kind="home_municipality",
            source="kela",
            value="837",
            known_on=TODAY,
        )
        with there():
            known = make_client(tampere, client.identity_code())
            ContactDetail.objects.create(
                municipality=tampere, client=known, kind="phone", source="here", value="050 000 0002", known_on=ARRIVED
            )
        send(application, aino, tampere)
        with there():
            found = dict(ContactDetail.objects.values_list("kind", "value"))
        assert found == {"phone": "050 000 0002", "email": "tauno@posti.example"}

    def test_turvakielto_is_set_there_too(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        code = application.client.identity_code()
        with there():
            make_client(tampere, code)
        Client.objects.filter(pk=application.client_id).update(non_disclosure=True)
        application.refresh_from_db()
        assert send(application, aino, tampere).client.non_disclosure

    def test_a_restriction_goes_along_and_reaches_the_supervisors(
        self, sirkka: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        client = make_client(kuopio, restricted=True)
        RestrictedAccess.objects.create(municipality=kuopio, client=client, user=sirkka, named_by=sirkka)
        matter = make_matter(client)
        with pytest.raises(NotPossible, match="johtava"):
            transfers.request_transfer(matter, sirkka, tampere, WHY)
        boss = person("Jorma Johtaja-Demo", "jorma@tampere.example", Role.SUPERVISOR, tampere)
        new = send(matter, sirkka, tampere)
        assert new.client.restricted
        with there():
            assert [row.user for row in RestrictedAccess.objects.all()] == [boss]


class TestRestriction:
    """Whoever is restricted at the sender is so at the receiver, also when they are known there without it."""

    @pytest.fixture
    def jorma(self, tampere: Municipality) -> User:
        return person("Jorma Johtaja-Demo", "jorma@tampere.example", Role.SUPERVISOR, tampere)

    @pytest.fixture
    def known(self, tauno: Client, tampere: Municipality, there: Any) -> Client:
        with there():
            return make_client(tampere, tauno.identity_code())

    def named(self, client: Client) -> set[str]:
        with scope([client.municipality_id]):
            found = RestrictedAccess.objects.filter(client=client, ended=None)
            return set(found.values_list("user__name", flat=True))

    def test_one_who_is_known_there_is_seen_by_named_people_from_the_arrival_on(
        self, aino: User, olli: User, jorma: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        own, has_matter = (
            person(name, f"{name[:4].lower()}@tampere.example", Role.SOCIAL_WORKER, tampere)
            for name in ("Omat Työntekijä-Demo", "Asia Tekijä-Demo")
        )
        with there():
            OwnWorker.objects.create(municipality=tampere, client=known, user=own, started=ARRIVED, assigned_by=jorma)
            make_matter(known, MatterKind.CONTACT, assignee=has_matter)
            make_matter(
                known, MatterKind.CONTACT, assignee=olli, state="closed", outcome="plan_made", closed_at=timezone.now()
            )
        Client.objects.filter(pk=application.client_id).update(restricted=True)
        application.refresh_from_db()
        new = send(application, aino, tampere)
        assert new.client_id == known.pk
        assert new.client.restricted
        assert self.named(known) == {jorma.name, own.name, has_matter.name}
        with there():
            assert not Matter.objects.visible_to(olli, tampere).filter(pk=new.pk).exists()
            assert Matter.objects.visible_to(jorma, tampere).filter(pk=new.pk).exists()
            told = {event.kind: event for event in Event.objects.filter(client=known)}
            assert sentence(told["client.restricted"]).startswith("Asiakkaan tiedot rajattiin nimetyille")
            assert "rajattu" in sentence(told["transfer.arrived"])

    def test_a_restriction_made_since_the_request_holds_from_the_acceptance_on(
        self, aino: User, olli: User, jorma: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        assert not new.client.restricted
        Client.objects.filter(pk=application.client_id).update(restricted=True, non_disclosure=True)
        with there():
            transfers.accept(new, olli)
            known.refresh_from_db()
        assert (known.restricted, known.non_disclosure) == (True, True)
        assert self.named(known) == {jorma.name, olli.name}

    def test_those_who_are_named_there_already_stay_so(
        self, aino: User, olli: User, jorma: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        with there():
            restrict(jorma, known, [olli])
        Client.objects.filter(pk=application.client_id).update(restricted=True)
        application.refresh_from_db()
        send(application, aino, tampere)
        assert self.named(known) == {olli.name}

    def test_without_a_supervisor_there_it_is_refused_whether_the_person_is_known_or_not(
        self, aino: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        Client.objects.filter(pk=application.client_id).update(restricted=True)
        application.refresh_from_db()
        with pytest.raises(NotPossible, match="johtava"):
            transfers.request_transfer(application, aino, tampere, WHY)

    def test_one_who_is_not_restricted_at_the_sender_stays_as_they_are(
        self, aino: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        assert not send(application, aino, tampere).client.restricted
        with there():
            assert not Event.objects.filter(kind="client.restricted").exists()
            assert "rajattu" not in sentence(Event.objects.get(kind="transfer.arrived"))


class TestAnswering:
    def test_accepted_it_closes_at_the_sender_as_transferred(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.accept(new, olli, version=new.version)
            assert new.is_open
        application.refresh_from_db()
        assert (application.state, application.outcome) == (MatterState.CLOSED, Outcome.TRANSFERRED)
        assert application.deadlines.get().met_on == TODAY
        row = Transfer.objects.get()
        assert (row.state, row.answered_by, row.answered_by_name) == (TransferState.ACCEPTED, None, olli.name)
        with pytest.raises(NotPossible, match="toisella kunnalla"):
            matters.reopen(application, aino, "Sittenkin")

    def test_returned_the_sender_goes_on_with_the_old_clock(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        due = application.due
        new = send(application, aino, tampere)
        with there():
            transfers.give_back(new, olli, "Asuu yhä Kuopiossa.")
            assert (new.state, new.outcome, new.due) == (MatterState.CLOSED, Outcome.WRONG_OR_WITHDRAWN, None)
            with pytest.raises(NotPossible):
                matters.reopen(new, olli, "Sittenkin")
        application.refresh_from_db()
        assert (application.state, application.due) == (MatterState.IN_PROGRESS, due)
        assert not application.seen_by_assignee, "whoever has the matter is told"
        assert Transfer.objects.get().answer == "Asuu yhä Kuopiossa."

    def test_the_information_that_was_asked_for_is_waited_for_again(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        limit = TODAY + datetime.timedelta(days=14)
        ask_for_information(application, aino, ["Tiliote"], limit)
        send(application, aino, tampere)
        transfers.revoke(application, aino)
        assert (application.state, application.waiting_until) == (MatterState.WAITING_INFORMATION, limit)

    def test_a_free_matter_comes_back_free(
        self, aino: User, olli: User, tauno: Client, tampere: Municipality, there: Any
    ) -> None:
        free = make_matter(tauno)
        new = send(free, aino, tampere)
        with there():
            transfers.give_back(new, olli, "Ei kuulu meille.")
        free.refresh_from_db()
        assert (free.state, free.assignee) == (MatterState.NEW, None)

    def test_revoked_it_closes_there(self, aino: User, application: Matter, tampere: Municipality, there: Any) -> None:
        new = send(application, aino, tampere)
        transfers.revoke(application, aino)
        assert application.state == MatterState.IN_PROGRESS
        with there():
            new.refresh_from_db()
            assert (new.state, new.outcome, new.closed_by) == (MatterState.CLOSED, Outcome.WRONG_OR_WITHDRAWN, None)

    def test_only_one_answer_counts(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.accept(new, olli)
        with pytest.raises(NotPossible, match="hyväksynyt"):
            transfers.revoke(application, aino)

    def test_returning_needs_a_reason(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there(), pytest.raises(NotPossible, match="Kirjoita"):
            transfers.give_back(new, olli, " ")

    def test_after_a_return_it_may_be_asked_again(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.give_back(new, olli, "Ei kuulu meille.")
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
                transfers.request_transfer(new, olli, raisio, WHY)
            transfers.accept(new, olli)
            transfers.request_transfer(new, olli, raisio, WHY)
        with scope([raisio.pk]):
            assert arrived_matter().client.identity_code() == application.client.identity_code()


class TestTelling:
    def test_both_sides_hear_what_happened(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            transfers.give_back(new, olli, "Asuu yhä Kuopiossa.")
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
            transfers.give_back(new, olli, "Ei asu Tampereella.")
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

"""The person of a matter that goes to another municipality: found or made there, and protected as before."""

from typing import Any

import pytest

from accounts.models import User
from cases.clients.addresses import postal_addresses
from cases.clients.contact_details import set_contact_detail
from cases.clients.registering import give_identity_code
from cases.conftest import ARRIVED
from cases.models import (
    Client,
    ContactDetail,
    Event,
    Matter,
    MatterKind,
    OwnWorker,
    RestrictedAccess,
)
from cases.relations.verbs import restrict
from cases.timeline.sentences import sentence
from cases.transfers import verbs as transfers
from cases.transfers.tests.transferring import WHY, send
from core.identity_code import parse
from core.row_security import scope
from core.saving import NotPossible
from municipalities.models import Municipality, Role
from testing.clock import NOW, TODAY
from testing.factories import identity_code, make_client, make_matter
from testing.people import person


def everything_of(client: Client) -> tuple[Any, ...]:
    """The client's own rows; not the matter that came, nor what its timeline tells of it."""
    details = ContactDetail.objects.filter(client=client).order_by("pk").values()
    named = RestrictedAccess.objects.filter(client=client, ended=None).values("user")
    return Client.objects.filter(pk=client.pk).values().get(), list(details), list(named)


class TestThePerson:
    def test_is_found_by_the_identity_code(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        code = application.client.identity_code()
        with there():
            known = make_client(tampere, code, family_name="Toisniminen", language="")
        new = send(application, aino, tampere)
        assert (new.client_id, new.client.family_name) == (known.pk, "Toisniminen")
        assert new.client.language == "", "nothing is changed by asking"
        with there():
            transfers.accept(olli, new)
            known.refresh_from_db()
        assert known.language == "sv", "what nobody knew there is filled in"

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
            transfers.accept(olli, second)
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
            transfers.accept(olli, second)
            back = send(second, olli, kuopio)
        assert back.client_id == client.pk
        transfers.accept(aino, back)
        client.refresh_from_db()
        assert client.identity_code() == code.text

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

    def test_comes_back_under_the_turvakielto_that_the_receiver_recorded(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        new = send(application, aino, tampere)
        with there():
            Client.objects.filter(pk=new.client_id).update(non_disclosure=True)
            transfers.give_back(olli, new, "Asuu yhä Kuopiossa.")
        application.client.refresh_from_db()
        assert application.client.non_disclosure
        told = Event.objects.filter(client=application.client)
        assert told.filter(kind="client.non_disclosure_set", actor=None).count() == 1
        assert "reason" not in told.get(kind="transfer.returned").data, "the words may name the place"

    def test_ways_to_be_reached_go_along_at_acceptance_and_replace_nothing(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
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
        new = send(application, aino, tampere)
        with there():
            found = ContactDetail.objects.values_list("kind", "source", "value")
            assert set(found) == {("phone", "here", "050 000 0002")}
            transfers.accept(olli, new)
            assert set(found.all()) == {("phone", "here", "050 000 0002"), ("email", "transfer", "tauno@posti.example")}

    def test_an_address_that_came_along_is_used_only_until_another_is_known(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        set_contact_detail(aino, application.client, "address", "Piilokuja 3", postal_code="33100")
        new = send(application, aino, tampere)
        with there():
            transfers.accept(olli, new)
            assert postal_addresses([new.client_id])[new.client_id].value == "Piilokuja 3"
            kela = ContactDetail.objects.create(
                municipality=tampere, client=new.client, kind="address", source="kela", value="Oikeakuja 1",
                postal_code="33100", known_on=ARRIVED,
            )  # fmt: skip
            assert postal_addresses([new.client_id])[new.client_id].value == "Oikeakuja 1"
            ContactDetail.objects.filter(pk=kela.pk).update(dismissed=True)
            assert postal_addresses([new.client_id]) == {}

    def test_turvakielto_is_set_there_too_at_acceptance(
        self, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        code = application.client.identity_code()
        with there():
            known = make_client(tampere, code)
        Client.objects.filter(pk=application.client_id).update(non_disclosure=True)
        application.refresh_from_db()
        new = send(application, aino, tampere)
        assert not new.client.non_disclosure
        with there():
            transfers.accept(olli, new)
            known.refresh_from_db()
        assert known.non_disclosure

    def test_who_takes_the_matter_back_does_not_learn_of_a_turvakielto_there(
        self, aino: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        code = application.client.identity_code()
        with there():
            make_client(tampere, code, non_disclosure=True)
        send(application, aino, tampere)
        transfers.revoke(aino, application)
        application.client.refresh_from_db()
        assert not application.client.non_disclosure
        assert not Event.objects.filter(kind="client.non_disclosure_set").exists()

    @pytest.mark.parametrize("ending", ["revoked", "returned"])
    def test_asking_changes_nothing_of_a_client_who_is_known_there(
        self, ending: str, aino: User, olli: User, application: Matter, tampere: Municipality, there: Any
    ) -> None:
        client = application.client
        set_contact_detail(aino, client, "address", "Vieras tie 1", postal_code="70100")
        set_contact_detail(aino, client, "phone", "040 000 0001")
        Client.objects.filter(pk=client.pk).update(non_disclosure=True)
        application.refresh_from_db()
        with there():
            known = make_client(tampere, client.identity_code(), language="")
            before = everything_of(known)
        new = send(application, aino, tampere)
        with there():
            assert everything_of(known) == before
        if ending == "revoked":
            transfers.revoke(aino, application)
        with there():
            if ending == "returned":
                transfers.give_back(olli, new, "Ei kuulu meille.")
            assert everything_of(known) == before

    def test_the_answer_is_the_same_whether_the_person_is_known_there_or_not(
        self, aino: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        told = []
        for is_known in (True, False):
            code = identity_code()
            matter = make_matter(make_client(kuopio, code))
            with there():
                if is_known:
                    make_client(tampere, code, non_disclosure=True, restricted=True)
            sent = transfers.request_transfer(aino, matter, tampere, WHY)
            transfers.revoke(aino, matter)
            matter.refresh_from_db()
            sent.refresh_from_db()
            client = Client.objects.get(pk=matter.client_id)
            events = list(Event.objects.filter(client=client).order_by("pk").values_list("kind", "data"))
            told.append((sent.state, sent.hides_place, matter.state, client.version, client.non_disclosure, events))
        assert told[0] == told[1]

    def test_a_restriction_goes_along_and_reaches_the_supervisors(
        self, sirkka: User, kuopio: Municipality, tampere: Municipality, there: Any
    ) -> None:
        client = make_client(kuopio, restricted=True)
        RestrictedAccess.objects.create(municipality=kuopio, client=client, user=sirkka, named_by=sirkka)
        matter = make_matter(client)
        with pytest.raises(NotPossible, match="johtava"):
            transfers.request_transfer(sirkka, matter, tampere, WHY)
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
            make_matter(known, MatterKind.CONTACT, assignee=olli, state="closed", outcome="plan_made", closed_at=NOW)
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
            transfers.accept(olli, new)
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

    def test_a_restriction_that_came_along_goes_when_the_matter_is_revoked(
        self, aino: User, jorma: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        Client.objects.filter(pk=application.client_id).update(restricted=True)
        application.refresh_from_db()
        send(application, aino, tampere)
        transfers.revoke(aino, application)
        with there():
            known.refresh_from_db()
        assert not known.restricted
        assert self.named(known) == set()

    def test_without_a_supervisor_there_it_is_refused_whether_the_person_is_known_or_not(
        self, aino: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        Client.objects.filter(pk=application.client_id).update(restricted=True)
        application.refresh_from_db()
        with pytest.raises(NotPossible, match="johtava"):
            transfers.request_transfer(aino, application, tampere, WHY)

    def test_one_who_is_not_restricted_at_the_sender_stays_as_they_are(
        self, aino: User, application: Matter, known: Client, tampere: Municipality, there: Any
    ) -> None:
        assert not send(application, aino, tampere).client.restricted
        with there():
            assert not Event.objects.filter(kind="client.restricted").exists()
            assert "rajattu" not in sentence(Event.objects.get(kind="transfer.arrived"))

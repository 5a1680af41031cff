"""Making, editing and finding clients."""

import datetime

import pytest
from django.db import connection

from accounts.models import User
from cases.clients.registering import (
    ExistingClientError,
    RestrictedClientError,
    edit_client,
    find_by_identity_code,
    namesakes,
    register_client,
)
from cases.clients.search import search_clients
from cases.models import Client, Event, NameToken
from core.identity_code import IdentityCodeError, parse
from core.saving import ChangedMeanwhile
from municipalities.models import Municipality
from testing.factories import identity_code, make_client, make_matter


def new_client(actor: User, municipality: Municipality, **fields: object) -> Client:
    given = {"family_name": "Testaaja", "given_names": "Seija Hilja", "language": "fi"} | fields
    return register_client(actor, municipality, **given)  # type: ignore[arg-type]


class TestRegistering:
    def test_a_client_by_identity_code_is_stored_unreadable_and_masked(self, aino: User, kuopio: Municipality) -> None:
        code = identity_code(datetime.date(1971, 4, 3), serial=0)
        client = new_client(aino, kuopio, identity_code=code.lower())
        client.refresh_from_db()
        assert client.identity_code() == code
        assert client.identity_code_mask == parse(code).mask()
        assert code.encode() not in bytes(client.identity_code_cipher or b"")
        assert client.birth_date == datetime.date(1971, 4, 3)
        assert client.created_by == aino
        assert find_by_identity_code(kuopio, parse(code)) == client

    def test_a_client_may_lack_an_identity_code(self, aino: User, kuopio: Municipality) -> None:
        client = new_client(aino, kuopio, birth_date=datetime.date(1990, 5, 6))
        assert (client.identity_code(), client.identity_code_index) == ("", None)
        assert client.birth_date == datetime.date(1990, 5, 6)

    def test_it_leaves_one_event(self, aino: User, kuopio: Municipality) -> None:
        client = new_client(aino, kuopio, birth_date=datetime.date(1990, 5, 6))
        assert [(e.kind, e.actor) for e in Event.objects.filter(client=client)] == [("client.registered", aino)]

    def test_a_faulty_code_makes_nobody(self, aino: User, kuopio: Municipality) -> None:
        with pytest.raises(IdentityCodeError):
            new_client(aino, kuopio, identity_code="010101-900A")
        assert not Client.objects.exists()

    def test_a_client_whom_the_worker_may_see_is_led_to(self, aino: User, kuopio: Municipality) -> None:
        code = identity_code()
        client = make_client(kuopio, code)
        make_matter(client)
        with pytest.raises(ExistingClientError) as caught:
            new_client(aino, kuopio, identity_code=code)
        assert (caught.value.client, caught.value.visible) == (client, True)

    def test_a_client_without_relation_is_only_told_to_be_one(self, aino: User, kuopio: Municipality) -> None:
        code = identity_code()
        make_client(kuopio, code)
        with pytest.raises(ExistingClientError) as caught:
            new_client(aino, kuopio, identity_code=code)
        assert caught.value.visible is False

    def test_of_a_restricted_client_one_hears_only_to_contact_the_supervisor(
        self, aino: User, kuopio: Municipality
    ) -> None:
        code = identity_code()
        make_matter(make_client(kuopio, code, restricted=True))
        with pytest.raises(RestrictedClientError, match=r"supervisor|esihenkilö"):
            new_client(aino, kuopio, identity_code=code)

    def test_namesakes_are_those_with_the_same_name_and_birth_date_whom_one_may_see(
        self, aino: User, kuopio: Municipality
    ) -> None:
        born = datetime.date(1980, 1, 2)
        seen = make_client(kuopio, "", birth_date=born, family_name="Näytekoski", given_names="Urho Kaleva")
        make_matter(seen)
        make_client(kuopio, "", birth_date=born, family_name="Näytekoski", given_names="Urho Kaleva")
        assert list(namesakes(aino, kuopio, born, "NÄYTEKOSKI", "urho kaleva")) == [seen]


class TestEditing:
    def test_a_new_name_is_found_and_the_old_one_no_more(self, aino: User, kuopio: Municipality) -> None:
        client = new_client(aino, kuopio, birth_date=datetime.date(1990, 5, 6))
        edit_client(aino, client, 1, family_name="Harjoitus", given_names="Seija", language="sv")
        assert list(search_clients(aino, kuopio, "harjoitus")) == [client]
        assert not search_clients(aino, kuopio, "testaaja").exists()

    def test_a_save_of_an_older_version_is_refused(self, aino: User, eetu: User, kuopio: Municipality) -> None:
        client = new_client(aino, kuopio, birth_date=datetime.date(1990, 5, 6))
        edit_client(eetu, client, 1, family_name="Harjoitus", given_names="Seija", language="sv")
        with pytest.raises(ChangedMeanwhile) as caught:
            edit_client(aino, client, 1, family_name="Mallikas", given_names="Seija", language="fi")
        assert caught.value.current.family_name == "Harjoitus"
        client.refresh_from_db()
        assert (client.family_name, client.version) == ("Harjoitus", 2)

    def test_an_identity_code_is_given_once(self, aino: User, kuopio: Municipality) -> None:
        code, other = identity_code(), identity_code()
        client = new_client(aino, kuopio, birth_date=datetime.date(1990, 5, 6))
        names = {"family_name": "Testaaja", "given_names": "Seija", "language": "fi"}
        edit_client(aino, client, 1, identity_code=code, **names)  # type: ignore[arg-type]
        assert not edit_client(aino, client, 2, identity_code=other, **names)  # type: ignore[arg-type]
        row = Client.objects.get(pk=client.pk)
        assert row.identity_code() == code
        assert row.birth_date == parse(code).birth_date


class TestSearch:
    @pytest.fixture
    def wikstrom(self, kuopio: Municipality, aino: User) -> Client:
        return new_client(
            aino, kuopio, birth_date=datetime.date(1990, 5, 6), family_name="Wikström-Demo", given_names="Åke Eino"
        )

    @pytest.mark.parametrize(
        "text", ["wik", "WIKSTRÖM", "wikstrom", "ake wik", "demo åke", "vikstroom", "wikströmdemo"]
    )
    def test_a_name_is_found_by_its_beginnings_and_its_sound(
        self, aino: User, kuopio: Municipality, wikstrom: Client, text: str
    ) -> None:
        assert list(search_clients(aino, kuopio, text)) == [wikstrom]

    @pytest.mark.parametrize("text", ["ström", "wik testaaja", "%", "", "   ", "-"])
    def test_what_begins_no_name_finds_nobody(
        self, aino: User, kuopio: Municipality, wikstrom: Client, text: str
    ) -> None:
        assert not search_clients(aino, kuopio, text).exists()

    def test_the_written_name_comes_before_the_one_that_sounds_like_it(
        self, aino: User, kuopio: Municipality, wikstrom: Client
    ) -> None:
        same = new_client(
            aino, kuopio, birth_date=datetime.date(1990, 5, 6), family_name="Vikstroom", given_names="Saima"
        )
        assert list(search_clients(aino, kuopio, "wikström")) == [wikstrom, same]
        assert list(search_clients(aino, kuopio, "vikstroom")) == [same, wikstrom]

    def test_an_identity_code_finds_exactly_one(self, aino: User, kuopio: Municipality) -> None:
        code = identity_code()
        client = new_client(aino, kuopio, identity_code=code)
        new_client(aino, kuopio, identity_code=identity_code())
        assert list(search_clients(aino, kuopio, f" {code[:6]} {code[6:].lower()} ")) == [client]

    def test_others_clients_are_not_found(self, aino: User, eetu: User, kuopio: Municipality, wikstrom: Client) -> None:
        assert not search_clients(eetu, kuopio, "wikström").exists()

    def test_restricted_clients_are_not_found(self, sirkka: User, kuopio: Municipality) -> None:
        make_matter(make_client(kuopio, family_name="Salattu", restricted=True))
        assert not search_clients(sirkka, kuopio, "salattu").exists()

    def test_the_names_are_searched_by_an_index(self, aino: User, kuopio: Municipality) -> None:
        tokens = NameToken.objects.filter(municipality=kuopio, phonetic=False, token__prefix="wik")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = tokens.order_by().explain()
        assert "cases_nametoken_pkey" in plan
        assert "token >= 'wik'::text" in plan.replace("(token)::text", "token")

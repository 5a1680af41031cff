"""Asiakkaat: my clients and the search."""

import datetime

import pytest

from accounts.models import User
from cases.models import AccessLog, Client
from cases.relations.verbs import assign_own_worker
from municipalities.models import Municipality
from testing.factories import identity_code, make_client, make_matter
from testing.people import SignIn

PAGE = "/297/asiakkaat/"


@pytest.fixture
def code() -> str:
    return identity_code(datetime.date(1971, 4, 3))


@pytest.fixture
def person(kuopio: Municipality, code: str) -> Client:
    client = make_client(kuopio, code, given_names="Veikko Armas", family_name="Mallikas")
    make_matter(client)
    return client


def test_it_opens_with_my_clients_and_logs_them_as_one_row(
    aino: User, person: Client, kuopio: Municipality, signed_in: SignIn
) -> None:
    other = make_client(kuopio, family_name="Kokeilija")
    make_matter(other)
    assign_own_worker(aino, person, aino)
    page = signed_in(aino).get(PAGE).content.decode()
    assert "Mallikas Veikko Armas" in page
    assert "Kokeilija" not in page
    look = AccessLog.objects.get()
    assert (look.action, look.client_ids) == ("listed", [person.pk])


def test_a_name_is_searched_and_the_found_are_logged_as_one_row(
    aino: User, person: Client, kuopio: Municipality, signed_in: SignIn
) -> None:
    second = make_client(kuopio, family_name="Mallikas", given_names="Lempi")
    make_matter(second)
    page = signed_in(aino).post(PAGE, {"q": "mallik"}).content.decode()
    assert page.index("Mallikas Lempi") < page.index("Mallikas Veikko Armas")
    look = AccessLog.objects.get()
    assert (look.action, look.client_ids) == ("searched", [person.pk, second.pk])


def test_a_search_in_the_address_is_no_search(aino: User, person: Client, signed_in: SignIn) -> None:
    assert "Mallikas" not in signed_in(aino).get(PAGE, {"q": "mallikas"}).content.decode()


def test_many_found_come_in_pages_by_post(aino: User, kuopio: Municipality, signed_in: SignIn) -> None:
    for _ in range(30):
        make_matter(make_client(kuopio, family_name="Harjoitus"))
    browser = signed_in(aino)
    sizes = [
        browser.post(PAGE, {"q": "harjoitus", "sivu": number}).content.decode().count('role="rowheader"')
        for number in ("1", "2")
    ]
    assert sizes == [25, 5]


def test_a_whole_identity_code_leads_to_the_client(aino: User, person: Client, code: str, signed_in: SignIn) -> None:
    answer = signed_in(aino).post(PAGE, {"q": code.lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/297/asiakkaat/{person.pk}/")


def test_a_code_that_nobody_has_offers_a_new_client(aino: User, code: str, signed_in: SignIn) -> None:
    browser = signed_in(aino)
    page = browser.post(PAGE, {"q": code}).content.decode()
    assert "Täällä ei ole asiakasta tällä henkilötunnuksella." in page
    form = browser.post("/297/asiakkaat/uusi/", {"q": code}).content.decode()
    assert f'value="{code}"' in form


def test_a_client_without_relation_is_told_to_be_one_and_nothing_more(
    aino: User, kuopio: Municipality, code: str, signed_in: SignIn
) -> None:
    make_client(kuopio, code, family_name="Salainen")
    page = signed_in(aino).post(PAGE, {"q": code}).content.decode()
    assert "Henkilö on jo asiakas täällä." in page
    assert "uusi-asia" in page
    assert "Salainen" not in page
    assert AccessLog.objects.get().action == "refused"


def test_for_a_restricted_client_one_contacts_the_supervisor(
    aino: User, kuopio: Municipality, code: str, signed_in: SignIn
) -> None:
    make_matter(make_client(kuopio, code, family_name="Salainen", restricted=True))
    page = signed_in(aino).post(PAGE, {"q": code}).content.decode()
    assert "Ota yhteyttä esihenkilöösi." in page
    assert "uusi-asia" not in page
    assert "Uusi asiakas</button>" not in page


def test_roles_without_casework_do_not_search(kaisa: User, paula: User, person: Client, signed_in: SignIn) -> None:
    for user in (kaisa, paula):
        assert signed_in(user).post(PAGE, {"q": "mallikas"}).status_code == 403

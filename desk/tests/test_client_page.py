"""The page of a client: what it shows, to whom, and what it leaves in the log."""

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import AccessLog, Client
from municipalities.models import Municipality
from testing.factories import make_client, make_matter
from testing.people import SignIn


@pytest.fixture
def person(kuopio: Municipality) -> Client:
    client = make_client(kuopio, given_names="Veikko Armas", family_name="Mallikas")
    make_matter(client)
    return client


def test_it_opens(aino: User, person: Client, signed_in: SignIn) -> None:
    for name in (
        "",
        "aikajana/",
        "avain/",
        "avain/uusi/",
        "muokkaa/",
        "yhteystiedot/",
        "omatyontekija/",
        "asiakkuus/avaa/",
        "turvakielto/",
    ):
        page = signed_in(aino).get(f"/297/asiakkaat/{person.pk}/{name}")
        assert page.status_code == 200, name
    for name in ("", "uusi/"):
        assert signed_in(aino).get(f"/297/asiakkaat/{name}").status_code == 200, name

"""The form of a measurement in a browser: rows by script, and a draft that comes back whole."""

from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from cases.models import Client
from core.row_security import scope
from municipalities.models import Municipality, Role
from testing.browser import enter
from testing.factories import make_client, make_matter
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def form(committed_db: None, page: "Page", live_server: "LiveServer") -> "Page":
    """The new measurement of a client, open in Aino's browser."""
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        aino: User = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        client: Client = make_client(kuopio)
        make_matter(client)
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/asiakkaat/{client.pk}/avain/uusi/")
    return page


def test_goals_and_factors_are_added_and_a_draft_gives_them_back(form: "Page") -> None:
    form.get_by_label("Yhdessä", exact=True).check()
    form.get_by_role("button", name="Lisää tavoite").click()
    assert form.evaluate("document.activeElement.name") == "goal-1-own_words"
    second = form.locator("article.goal").nth(1)
    second.get_by_label("Tavoite asiakkaan omin sanoin").fill("Takaisin töihin")
    second.get_by_label("Mistä tavoitteessa on kyse").select_option(label="Työllistyminen")
    second.get_by_label("Muutos parempaan").check()
    second.get_by_role("button", name="Lisää vaikeuttava tekijä").click()
    second.get_by_label("Vaikeuttava tekijä").nth(1).select_option(label="Fyysinen terveys")
    form.get_by_text("Luonnos tallennettu").wait_for()

    form.reload()
    form.get_by_role("button", name="Palauta").click()
    second = form.locator("article.goal").nth(1)
    assert second.get_by_label("Tavoite asiakkaan omin sanoin").input_value() == "Takaisin töihin"
    first = form.locator("article.goal").nth(0)
    first.get_by_label("Poista tämä tavoite").check()
    assert not first.get_by_label("Mistä tavoitteessa on kyse").is_visible()
    form.get_by_role("button", name="Tallenna mittaus").click()
    form.get_by_role("heading", name="”Takaisin töihin”").wait_for()
    assert form.get_by_text("Fyysinen terveys").is_visible()

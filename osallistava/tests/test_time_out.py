"""Nothing typed is lost when the session ends: one signs in on the page, or meets the draft in another browser."""

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session

from accounts.models import User
from testing.browser import enter
from testing.browser_clock import keep_time

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser

PASSWORD = "pitkä ja oikea salasana"


@pytest.fixture
def new_client_page(committed_db: None, live_server: "LiveServer", page: "Page", aino: User) -> "Page":
    """Aino writes a new client and stops half-way."""
    aino.set_password(PASSWORD)
    aino.save()
    open_as(page, live_server, aino)
    page.locator("[name=family_name]").fill("Näytekoski")
    page.get_by_text("Luonnos tallennettu").wait_for()
    return page


def open_as(page: "Page", live_server: "LiveServer", user: User) -> None:
    enter(page, live_server, user)
    page.goto(f"{live_server.url}/297/asiakkaat/uusi/")


def test_one_signs_in_on_the_page_and_saves_what_one_wrote(new_client_page: "Page") -> None:
    page = new_client_page
    page.locator("[name=given_names]").fill("Kerttu")
    page.locator("[name=birth_date]").fill("1.2.1990")
    Session.objects.all().delete()
    page.locator("form[data-draft] button[type=submit]").click()
    dialog = page.get_by_role("dialog", name="Istunto on päättynyt")
    dialog.get_by_label("Salasana").fill(PASSWORD)
    with page.expect_navigation():
        dialog.get_by_role("button", name="Kirjaudu ja jatka").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kerttu Näytekoski"


def test_a_draft_is_offered_in_another_browser(new_client_page: "Page", live_server: "LiveServer", aino: User) -> None:
    browser = new_client_page.context.browser
    assert browser is not None
    with browser.new_context(locale="fi-FI") as context:
        keep_time(context)
        page = context.new_page()
        open_as(page, live_server, aino)
        page.get_by_role("button", name="Palauta").click()
        assert page.locator("[name=family_name]").input_value() == "Näytekoski"

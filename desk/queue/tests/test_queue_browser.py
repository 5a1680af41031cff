"""After an action in the queue the keyboard goes on at the open matter, and what was done stays in sight."""

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accounts.models import User
from cases.models import Matter
from core.row_security import scope
from municipalities.models import Municipality, Role
from testing.browser import enter
from testing.factories import make_client, make_matter
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "korkea kuusi metsän reunassa"
PLACE = "[document.activeElement.id, scrollY]"


@pytest.fixture
def opened(committed_db: None, page: "Page", live_server: "LiveServer") -> "Page":
    """A matter that nobody has taken, open in Aino's browser."""
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        matter: Matter = make_matter(make_client(kuopio))
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/tyojono/?nakyma=kaikki&avoin={matter.pk}")
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_an_action_leads_to_the_heading_of_the_matter(opened: "Page", width: int) -> None:
    opened.set_viewport_size({"width": width, "height": 700})
    opened.locator("article.open").get_by_role("button", name="Ota minulle").press("Enter")
    opened.get_by_text("Asia on nyt sinulla").wait_for()
    opened.wait_for_load_state()
    assert opened.evaluate(PLACE) == ["avoin", 0]
    assert opened.locator("#avoin").evaluate("it => it.getBoundingClientRect().bottom <= innerHeight")

    opened.get_by_role("link", name="Kirjaa yhteydenotto").press("Enter")
    opened.get_by_label("Tavoitin asiakkaan").check()
    opened.get_by_role("button", name="Tallenna yhteydenotto").press("Enter")
    opened.get_by_text("Yhteydenotto tallennettiin").wait_for()
    opened.wait_for_load_state()
    assert opened.evaluate(PLACE) == ["avoin", 0]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("part", ["nakyma=kaikki", "avoin"])
def test_a_menu_opens_inside_the_window(opened: "Page", width: int, part: str) -> None:
    opened.set_viewport_size({"width": width, "height": 700})
    if part != "avoin":
        opened.goto(f"{opened.url.partition('?')[0]}?{part}")
    opened.locator("main details.actions:visible > summary").last.click()
    box = opened.locator("main details.actions[open] > .menu").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_a_text_comes_back_after_one_has_looked_elsewhere(opened: "Page") -> None:
    opened.get_by_role("button", name="Ota minulle").click()
    matter = opened.url.partition("avoin=")[2].partition("#")[0]
    opened.goto(f"{opened.url.partition('?')[0]}?avoin={matter}&teko=kumppanille#teko")
    text = opened.get_by_label("Mitä kumppanille kerrottiin?")
    text.fill("Nuori toivoo soittoa.")
    opened.get_by_text("Luonnos tallennettu").wait_for()
    opened.get_by_role("link", name="Tänään").first.click()
    opened.get_by_role("heading", name="Jäi kesken").wait_for()
    opened.go_back()
    opened.get_by_role("button", name="Palauta").click()
    assert text.input_value() == "Nuori toivoo soittoa."

    opened.get_by_role("link", name="Tänään").first.click()
    opened.locator("[aria-labelledby=kesken]").get_by_role("link", name="Jatka").click()
    opened.wait_for_load_state()
    expect(text).to_have_value("Nuori toivoo soittoa.")
    form = opened.locator("form[data-draft]")
    assert form.get_attribute("inert") is None
    assert form.evaluate("it => it.contains(document.activeElement)")
    assert not opened.get_by_role("button", name="Palauta").is_visible()


def test_the_keyboard_goes_into_the_matter_and_back(opened: "Page") -> None:
    opened.locator(".q a").focus()
    opened.keyboard.press("o")
    assert opened.evaluate("document.activeElement.id") == "avoin"
    opened.keyboard.press("Tab")
    opened.keyboard.press("Escape")
    assert opened.evaluate("document.activeElement.matches('.q a')")
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "avoin"
    opened.keyboard.press("k")
    assert opened.evaluate("document.activeElement.matches('.q a')")


def test_chosen_rows_stay_chosen_while_one_looks_at_a_matter(opened: "Page") -> None:
    queue = opened.url.partition("?")[0]
    opened.goto(f"{queue}?nakyma=kaikki")
    box = opened.locator(".q input[type=checkbox]")
    box.check()
    opened.locator(".q a").click()
    opened.locator("#avoin").wait_for()
    assert box.is_checked()
    opened.locator("[data-chosen-verbs]").wait_for()
    opened.locator("article.open").get_by_role("link", name="Kirjaa yhteydenotto").click()
    opened.get_by_role("button", name="Tallenna yhteydenotto").click()
    opened.get_by_text("Valitse, miten kävi.").first.wait_for()
    opened.wait_for_load_state()
    assert box.is_checked()
    kept = json.loads(opened.evaluate("sessionStorage.getItem('chosen:297')"))
    assert kept["ids"] == [opened.url.partition("avoin=")[2].partition("&")[0]]

    opened.get_by_role("link", name="Tänään").first.click()
    opened.get_by_role("link", name="Työjono").first.click()
    opened.goto(f"{queue}?nakyma=kaikki")
    opened.wait_for_load_state()
    assert not box.is_checked()
    box.check()
    opened.locator("[data-chosen-verbs] button").first.click()
    opened.get_by_text("asia on nyt sinulla").wait_for()
    opened.wait_for_load_state()
    assert not box.is_checked()


def test_opening_and_filtering_bring_only_that(opened: "Page") -> None:
    with scope([297]):
        make_matter(make_client(Municipality.objects.get(pk=297)))
    queue = opened.url.partition("?")[0]
    opened.goto(f"{queue}?nakyma=kaikki")
    opened.wait_for_load_state()
    opened.evaluate("document.querySelector('h1').dataset.same = 'yes'")
    rows = opened.locator(".q a")
    for place in (0, 1):
        rows.nth(place).click()
        expect(rows.nth(place)).to_have_attribute("aria-current", "true")
        expect(opened.locator(".q [aria-current]")).to_have_count(1)
        assert opened.url.partition("avoin=")[2] in (rows.nth(place).get_attribute("href") or "")
    opened.locator("select[name=tyyppi]").select_option("contact")
    opened.get_by_role("button", name="Näytä").first.click()
    expect(rows).to_have_count(0)
    assert opened.title().startswith("(0)")
    assert opened.locator("h1").get_attribute("data-same") == "yes"
    opened.go_back()
    opened.locator("#avoin").wait_for()


def test_on_a_narrow_screen_the_focus_goes_into_what_was_opened(opened: "Page") -> None:
    opened.set_viewport_size({"width": 360, "height": 800})
    opened.goto(f"{opened.url.partition('?')[0]}?nakyma=kaikki")
    opened.wait_for_load_state()
    opened.locator(".q a").first.click()
    expect(opened.locator("#avoin")).to_be_focused()


def test_a_text_that_was_refused_is_there_after_one_has_gone_elsewhere(opened: "Page") -> None:
    opened.locator("article.open").get_by_role("link", name="Kirjaa yhteydenotto").click()
    opened.get_by_label("Mitä sovittiin?").fill("Lempi lähettää kuvan.")
    opened.get_by_role("button", name="Tallenna yhteydenotto").click()
    opened.get_by_text("Valitse, miten kävi.").first.wait_for()
    opened.get_by_role("link", name="Tänään").first.click()
    opened.locator("[aria-labelledby=kesken]").get_by_role("link", name="Jatka").click()
    expect(opened.get_by_label("Mitä sovittiin?")).to_have_value("Lempi lähettää kuvan.")


def test_another_language_shows_the_same_and_offers_what_was_refused(opened: "Page") -> None:
    queue = opened.url.partition("?")[0]
    opened.goto(f"{queue}?nakyma=kaikki")
    opened.locator(".q a").click()
    opened.locator("#avoin").wait_for()
    opened.get_by_role("button", name="SV").click()
    opened.get_by_role("link", name="Registrera en kontakt").wait_for()
    opened.get_by_role("button", name="FI").click()
    opened.locator("article.open").get_by_role("link", name="Kirjaa yhteydenotto").click()
    opened.get_by_label("Mitä sovittiin?").fill("Lempi lähettää kuvan.")
    opened.get_by_role("button", name="Tallenna yhteydenotto").click()
    opened.get_by_text("Valitse, miten kävi.").first.wait_for()
    opened.get_by_role("button", name="SV").click()
    restore = opened.locator("[data-draft-restore]")
    restore.wait_for()
    # the form waits for the choice, and so does the keyboard
    expect(restore).to_be_focused()
    restore.click()
    expect(opened.locator("#teko textarea").first).to_have_value("Lempi lähettää kuvan.")


def test_what_is_done_to_many_keeps_the_matter_open_that_came_beside_the_list(opened: "Page") -> None:
    with scope([297]):
        make_matter(make_client(Municipality.objects.get(pk=297)))
    queue = opened.url.partition("?")[0]
    opened.goto(f"{queue}?nakyma=kaikki")
    opened.locator(".q a").nth(1).click()
    expect(opened.locator(".q a").nth(1)).to_have_attribute("aria-current", "true")
    asked = opened.url.partition("avoin=")[2]
    opened.locator(".q input[type=checkbox]").nth(0).check()
    opened.locator("[data-chosen-verbs] button").first.click()
    opened.get_by_text("asia on nyt sinulla").wait_for()
    assert f"avoin={asked}" in opened.url
    opened.locator("#avoin").wait_for()


def test_a_row_that_met_no_session_opens_after_signing_in(opened: "Page", live_server: "LiveServer") -> None:
    aino = User.objects.get(email="aino@kuopio.example")
    aino.set_password(PASSWORD)
    aino.save()
    enter(opened, live_server, aino)
    opened.goto(f"{opened.url.partition('?')[0]}?nakyma=kaikki")
    opened.wait_for_load_state()
    opened.context.clear_cookies(name="sessionid")
    opened.locator(".q a").click()
    dialog = opened.get_by_role("dialog", name="Istunto on päättynyt")
    dialog.get_by_label("Salasana").fill(PASSWORD)
    dialog.get_by_role("button", name="Kirjaudu ja jatka").click()
    opened.locator("#avoin").wait_for()
    assert "avoin=" in opened.url
    expect(opened.locator(".q a")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("place", [30, 45])
def test_the_open_row_is_in_sight_in_a_long_list(opened: "Page", place: int) -> None:
    with scope([297]):
        kuopio = Municipality.objects.get(pk=297)
        made = [make_matter(make_client(kuopio)) for _n in range(45)]
    opened.goto(f"{opened.url.partition('?')[0]}?nakyma=kaikki&avoin={made[place - 1].pk}")
    for _again in range(2):
        opened.wait_for_load_state()
        expect(opened.locator(".q:has([aria-current])")).to_be_in_viewport(ratio=1)
        expect(opened.locator("#avoin")).to_be_in_viewport(ratio=1)
        opened.reload()

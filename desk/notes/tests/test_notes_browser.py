"""Writing a note in the browser: by keyboard, with autosave, what follows said live, narrow and in Swedish."""

import datetime
import os
from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import User
from cases.appointments.verbs import offer
from cases.models import Appointment, Client, OwnWorker
from core.row_security import scope
from desk.tests.filled_client import measure
from municipalities.models import Municipality, Role
from records.models import OpenVersion, Version
from testing.axe import assert_accessible, assert_fits
from testing.browser import enter
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURES = os.environ.get("PICTURES_OF_NOTES", "")
LONG_NAME = "Maximilian-Aleksanteri Johannes Kristoffer"


@pytest.fixture
def world(committed_db: None) -> tuple[User, Client, Appointment]:
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio, title="sosiaalityöntekijä")
        person("Eetu Esimerkki", "eetu@kuopio.example", Role.SOCIAL_COUNSELLOR, kuopio, title="sosiaaliohjaaja")
        client = make_client(kuopio, given_names=LONG_NAME, family_name="Öhman-Esimerkkilä")
        matter = make_matter(client, assignee=aino, arrived=TODAY - datetime.timedelta(days=12))
        OwnWorker.objects.create(municipality=kuopio, client=client, user=aino, assigned_by=aino)
        measure(client, aino, TODAY - datetime.timedelta(days=30))
        time = offer(aino, client, at=NOW + datetime.timedelta(hours=1), worker=aino, matter=matter, place="Huone 3")
        Appointment.objects.filter(pk=time.pk).update(at=NOW - datetime.timedelta(hours=1))
    return aino, client, time


def take(page: "Page", name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def saved(page: "Page") -> None:
    with page.expect_response(lambda answer: answer.url.endswith("/tallenna/")):
        page.keyboard.type(" ")


class Keys:
    """The keyboard, counting what is pressed beside the sentence itself."""

    def __init__(self, page: "Page") -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)


def test_an_ordinary_note_takes_a_sentence_and_two_keys(
    world: tuple[User, Client, Appointment], page: "Page", live_server: "LiveServer"
) -> None:
    aino, client, time = world
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/asiakkaat/{client.pk}/")
    page.get_by_role("button", name="Kirjaa", exact=True).focus()
    keys = Keys(page)
    keys.press("Enter")
    page.wait_for_function("document.activeElement.id === 'n-text'")
    assert page.get_by_role("radio", name="Tapaaminen tänään klo 11.00").is_checked()
    page.keyboard.type("Kävimme läpi laskut. Kaikki on maksettu.")
    keys.press("Control+Enter")
    page.get_by_role("heading", level=2, name="Merkintä").wait_for()
    assert keys.pressed == 2
    with scope([297]):
        assert Version.objects.get().aside["text"] == "Kävimme läpi laskut. Kaikki on maksettu."
        assert Appointment.objects.get(pk=time.pk).state == "met"


def test_a_short_call_is_a_tap_and_a_sentence(
    world: tuple[User, Client, Appointment], page: "Page", live_server: "LiveServer"
) -> None:
    aino, client, _time = world
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/asiakkaat/{client.pk}/")
    page.get_by_role("button", name="Kirjaa", exact=True).click()
    page.get_by_text("Puhelu", exact=True).click()
    assert page.get_by_role("radio", name="Puhuimme").is_checked()
    assert page.locator("details[data-shut][open]").count() == 0
    page.get_by_label("Mitä tapahtui").fill("Soitin ajasta.")
    page.locator("[data-follows] li", has_text="puhelu").wait_for()
    take(page, "call")
    page.get_by_role("button", name="Merkitse valmiiksi").click()
    page.get_by_role("heading", level=2, name="Merkintä").wait_for()


def test_what_follows_is_said_while_one_writes_and_a_row_is_always_empty(
    world: tuple[User, Client, Appointment], page: "Page", live_server: "LiveServer"
) -> None:
    aino, client, _time = world
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/asiakkaat/{client.pk}/")
    page.get_by_role("button", name="Kirjaa", exact=True).click()
    page.get_by_label("Mitä tapahtui").fill("Kävimme läpi laskut.")
    first = page.get_by_label("Sovittu, mitä tehdään").nth(0)
    first.fill("Soittaa ulosottoon")
    assert page.get_by_label("Sovittu, mitä tehdään").count() == 2
    page.get_by_label("Sovittu, kuka").nth(0).select_option(label="Aino Demolainen, minä")
    page.get_by_label("Sovittu, viimeistään").nth(0).fill("16.11.2018")
    page.get_by_text("ti 27.11. klo 11.00").click()
    page.locator("[data-follows]", has_text="27.11.").wait_for()
    assert "Soittaa ulosottoon" in page.locator("[data-follows]").inner_text()
    take(page, "written-1280-fi")
    first.press("Enter")
    page.keyboard.type("Kokoaa kirjeet")
    page.get_by_role("button", name="Poista rivi").nth(0).click()
    assert page.evaluate("document.activeElement.value") == "Kokoaa kirjeet"
    told = page.locator("[data-follows]", has_not_text="Soittaa").filter(has_text="Kokoaa kirjeet")
    told.wait_for()
    with scope([297]):
        assert [one["what"] for one in OpenVersion.objects.get().aside["agreed"]] == ["Kokoaa kirjeet"]


@pytest.mark.parametrize(("width", "language"), [(1280, "fi"), (360, "sv")])
def test_every_page_is_accessible_and_fits(
    world: tuple[User, Client, Appointment], page: "Page", live_server: "LiveServer", width: int, language: str
) -> None:
    aino, client, _time = world
    User.objects.filter(pk=aino.pk).update(language=language)
    page.set_viewport_size({"width": width, "height": 900})
    enter(page, live_server, User.objects.get(pk=aino.pk))
    root = f"{live_server.url}/297/asiakkaat/{client.pk}/"
    look(page, f"{root}kertomus/", "empty", width, language)
    page.goto(root)
    page.get_by_role("button", name="Kirjaa" if language == "fi" else "Anteckna", exact=True).click()
    page.locator("#n-text").fill("Kävimme läpi suunnitelman kolme tavoitetta. " * 120)
    page.locator("#n-client_words").fill("”Nyt tiedän suunnilleen, mitä jää.”")
    page.evaluate("document.querySelectorAll('form details').forEach((part) => (part.open = true))")
    page.locator("[name='agreed.0.what']").fill("Kokoaa velkakirjeet yhteen kansioon ja tuo ne seuraavaan tapaamiseen")
    page.locator("[name='agreed.0.worker']").select_option(value=f"tyontekija:{aino.pk}")
    page.locator("[name='agreed.0.by_when']").fill("15.11.2018")
    page.locator("[data-follows]", has_text="15.11").wait_for()
    assert_accessible(page)
    take(page, f"write-{width}-{language}")
    page.locator("[data-note-finish]").click()
    page.wait_for_url("**/kertomus/*/")
    look(page, page.url, "note", width, language)
    page.get_by_role("button", name="Korjaa" if language == "fi" else "Rätta").first.click()
    page.locator("#n-text").fill("Kävimme läpi suunnitelman neljä tavoitetta.")
    page.locator("[data-note-finish]").click()
    page.locator("#n-reason[aria-invalid]").wait_for()
    assert page.evaluate("document.activeElement.matches('[role=alert]')")
    page.locator("[role=alert] a[href='#n-reason']").click()
    assert page.evaluate("document.activeElement.id") == "n-reason"
    assert_accessible(page)
    take(page, f"correct-{width}-{language}")
    page.locator("#n-reason").fill("Luku oli väärin.")
    page.locator("[data-note-finish]").click()
    page.wait_for_url("**/kertomus/*/")
    look(page, f"{root}kertomus/", "record", width, language)
    page.locator("#note-word").fill("tavoite")
    page.locator("#note-word").press("Enter")
    page.locator("mark").first.wait_for()
    assert_accessible(page)
    take(page, f"found-{width}-{language}")
    look(page, f"{root}kertomus/tuloste/", "print", width, language)
    look(page, f"{live_server.url}/297/", "today", width, language)
    look(page, root, "client", width, language)
    if width == 1280:
        box: Any = page.locator("dl.at-hand").bounding_box()
        assert box["y"] + box["height"] < 900


def look(page: "Page", address: str, name: str, width: int, language: str) -> None:
    page.goto(address)
    assert_accessible(page)
    assert_fits(page)
    take(page, f"{name}-{width}-{language}")


def test_the_text_of_a_closed_session_is_saved_after_signing_in(
    world: tuple[User, Client, Appointment], page: "Page", live_server: "LiveServer"
) -> None:
    aino, client, _time = world
    aino.set_password("korkea kuusi metsän reunassa")
    aino.save()
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/asiakkaat/{client.pk}/")
    page.get_by_role("button", name="Kirjaa", exact=True).click()
    page.locator("#n-text").wait_for()
    page.context.clear_cookies(name="sessionid")
    page.locator("#n-text").fill("Kirjoitettu istunnon jälkeen.")
    page.locator("dialog[open]").wait_for()
    assert page.locator("#n-text").input_value() == "Kirjoitettu istunnon jälkeen."

"""What the scripts of the pages promise, in a browser, with the clock in the test's hand."""

from collections.abc import Generator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from core.tests.site import Site, session
from testing.axe import assert_accessible

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.browser

NOON = datetime(2018, 11, 13, 13, 5, tzinfo=ZoneInfo("Europe/Helsinki"))
FORM = """
<form method="post" action="/297/tallenna/" data-keep
      data-draft="contact" data-draft-object="matter:12" data-draft-url="/luonnos/">
  {% csrf_token %}
  <label>Mitä sovittiin? <textarea name="text"></textarea></label>
  <fieldset><legend>Mitä teit?</legend>
    <label><input type="radio" name="way" value="call"> Soitin</label>
    <label><input type="radio" name="way" value="letter"> Lähetin kirjeen</label></fieldset>
  {% draft_state %}
  <button>Tallenna</button>
</form>
"""
QUEUE = """
<ol data-queue>
  <li class="q"><a href="?avoin=1">Urho</a></li>
  <li class="q"><a href="?avoin=2">Lempi</a></li>
</ol>
<button type="button" data-queue-keys data-on="Ota pois" data-off="Ota käyttöön"></button>
"""


@pytest.fixture
def site(page: "Page", settings: "Settings") -> Generator[Site, None, None]:
    settings.ROOT_URLCONF = "core.tests.frame_urls"
    page.clock.install(time=NOON)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Site(page)
    assert errors == []


def saved(_request: object) -> tuple[int, dict[str, str]]:
    return 200, {"saved_at": NOON.isoformat()}


def test_slash_goes_to_the_search_but_not_while_one_writes(site: Site) -> None:
    site.show("<label>Nimi <input id='name'></label>")
    site.page.keyboard.press("/")
    assert site.page.evaluate("document.activeElement.id") == "find"
    site.page.locator("#name").focus()
    site.page.keyboard.press("/")
    assert site.page.locator("#name").input_value() == "/"


def test_slash_can_be_turned_off(site: Site) -> None:
    site.show("", user=SimpleNamespace(is_authenticated=True, email="a@b.example", keyboard_shortcuts=False))
    site.page.keyboard.press("/")
    assert site.page.evaluate("document.activeElement.id") != "find"


def test_a_draft_is_saved_within_three_seconds_of_a_pause(site: Site) -> None:
    site.answers["/luonnos/"] = saved
    site.show(FORM)
    site.page.locator("textarea").fill("Lempi lähettää kuvan")
    site.page.get_by_label("Soitin").check()
    site.page.clock.run_for(3000)
    site.page.get_by_text("Luonnos tallennettu klo 13.05").wait_for()
    assert site.posts("/luonnos/") == [
        {
            "form": "contact",
            "object": "matter:12",
            "municipality": "297",
            "body": {"text": ["Lempi lähettää kuvan"], "way": ["call"]},
        }
    ]


def test_why_a_draft_is_not_kept_is_said_beside_the_field_and_the_page_is_not_left_unasked(site: Site) -> None:
    site.answers["/luonnos/"] = lambda _request: (409, {"error": "Keskeneräisiä on liikaa."})
    site.show(FORM)
    site.page.locator("textarea").fill("kesken")
    site.page.clock.run_for(3000)
    site.page.locator("textarea + p.wrong").filter(has_text="Keskeneräisiä on liikaa.").wait_for()
    assert "Keskeneräisiä on liikaa." in site.page.get_by_role("status").all_inner_texts()
    assert_accessible(site.page)
    assert site.page.evaluate("!dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    site.page.clock.run_for(60_000)
    assert len(site.posts("/luonnos/")) == 1
    site.answers["/luonnos/"] = saved
    site.page.locator("textarea").fill("kesken vielä")
    site.page.clock.run_for(3000)
    site.page.get_by_text("Luonnos tallennettu").wait_for()
    assert not site.page.get_by_text("Keskeneräisiä on liikaa.").count()
    assert site.page.evaluate("dispatchEvent(new Event('beforeunload', {cancelable: true}))")


@pytest.mark.parametrize("status", [403, 404])
def test_where_one_may_not_write_no_more_drafts_are_sent(site: Site, status: int) -> None:
    site.answers["/luonnos/"] = lambda _request: (status, {"error": "Asia on suljettu."})
    site.show(FORM)
    for text in ("kesken", "kesken vielä"):
        site.page.locator("textarea").fill(text)
        site.page.clock.run_for(3000)
        site.page.get_by_text("Asia on suljettu.").first.wait_for()
    assert len(site.posts("/luonnos/")) == 1
    assert site.page.locator("textarea").input_value() == "kesken vielä"


def test_a_page_without_words_of_ours_is_tried_again(site: Site) -> None:
    site.answers["/luonnos/"] = lambda _request: (403, {})
    site.show(FORM)
    site.page.locator("textarea").fill("kesken")
    site.page.clock.run_for(3000)
    site.page.get_by_role("status").filter(has_text="Luonnosta ei saatu tallennettua").wait_for()
    site.answers["/luonnos/"] = saved
    site.page.clock.run_for(15000)
    site.page.get_by_text("Luonnos tallennettu").wait_for()


def test_a_draft_is_saved_when_the_page_is_hidden(site: Site) -> None:
    site.answers["/luonnos/"] = saved
    site.show(FORM)
    site.page.locator("textarea").fill("kesken")
    with site.page.expect_request("**/luonnos/"):
        site.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")


def test_a_draft_that_was_not_saved_is_told_and_tried_again(site: Site) -> None:
    site.answers["/luonnos/"] = lambda _request: (503, {})
    site.show(FORM)
    site.page.locator("textarea").fill("kesken")
    site.page.clock.run_for(3000)
    site.page.get_by_role("status").filter(has_text="Luonnosta ei saatu tallennettua").wait_for()
    site.answers["/luonnos/"] = saved
    site.page.clock.run_for(15000)
    site.page.get_by_text("Luonnos tallennettu").wait_for()
    assert not site.page.get_by_text("Luonnosta ei saatu tallennettua").is_visible()


def offered(**fields: object) -> dict[str, object]:
    return {"draft": SimpleNamespace(fields=fields, saved_at=NOON, kept_until=NOON.date() + timedelta(days=30))}


OFFER = "{% draft_offer 'contact' 'matter:12' draft 'puhelu' %}" + FORM


def test_a_stored_draft_comes_back_when_one_chooses_so(site: Site) -> None:
    site.answers["/luonnos/"] = saved
    site.show(OFFER, **offered(text=["Eilinen teksti"], way=["letter"]))
    assert site.page.locator("form[data-draft]").get_attribute("inert") is not None
    site.page.get_by_role("button", name="Palauta").click()
    assert site.page.locator("textarea").input_value() == "Eilinen teksti"
    assert site.page.get_by_label("Lähetin kirjeen").is_checked()
    assert not site.page.get_by_text("Jäi kesken").is_visible()
    assert site.page.locator("form[data-draft]").get_attribute("inert") is None


def test_a_text_whose_field_is_gone_is_shown(site: Site) -> None:
    site.show(OFFER, **offered(text=["a"], removed=["Pitkä vanha teksti"]))
    site.page.get_by_role("button", name="Palauta").click()
    assert site.page.get_by_text("Pitkä vanha teksti").is_visible()


def test_a_stored_draft_can_be_discarded(site: Site) -> None:
    site.answers["/luonnos/"] = lambda _request: (200, {})
    site.show(OFFER, **offered(text=["Eilinen teksti"]))
    site.page.get_by_role("button", name="Hylkää").click()
    site.page.get_by_text("Jäi kesken").wait_for(state="hidden")
    assert site.sent[0][0] == "DELETE"
    assert site.page.locator("textarea").input_value() == ""


def test_the_session_warns_five_minutes_before_its_end(site: Site) -> None:
    site.answers["/istunto/"] = lambda _request: (200, session(290))
    site.answers["/istunto/jatka/"] = lambda _request: (200, session(1800))
    site.show("", session_ends=(NOON + timedelta(minutes=30)).isoformat())
    site.page.clock.run_for(59_000)
    assert not site.page.get_by_role("dialog").is_visible()
    site.page.clock.run_for(1_000)
    site.page.get_by_role("dialog", name="Istunto päättyy pian").wait_for()
    assert "klo 13.10" in site.page.locator("#session-warning-text").inner_text()
    site.page.get_by_role("button", name="Jatka istuntoa").click()
    site.page.get_by_role("dialog").wait_for(state="hidden")
    assert site.posts("/istunto/jatka/") == [""]


def test_one_signs_in_again_on_the_page_and_the_text_stays(site: Site) -> None:
    site.answers["/luonnos/"] = lambda _request: (401, {})
    site.answers["/istunto/kirjaudu/"] = lambda request: (
        (200, {"ok": True, "csrf": "second"})
        if "oikea" in str(request.post_data)
        else (200, {"ok": False, "error": "Väärä salasana", "code_needed": True})
    )
    site.show(FORM)
    site.page.locator("textarea").fill("Tärkeä teksti")
    site.page.clock.run_for(3000)
    dialog = site.page.get_by_role("dialog", name="Istunto on päättynyt")
    dialog.get_by_label("Salasana").fill("huti")
    dialog.get_by_role("button", name="Kirjaudu ja jatka").click()
    dialog.get_by_role("alert").filter(has_text="Väärä salasana").wait_for()
    assert dialog.get_by_label("Todennussovelluksen koodi").is_visible()
    assert_accessible(site.page)

    site.answers["/luonnos/"] = saved
    dialog.get_by_label("Salasana").fill("oikea")
    dialog.get_by_role("button", name="Kirjaudu ja jatka").click()
    site.page.get_by_text("Luonnos tallennettu").wait_for()
    assert not dialog.is_visible()
    assert site.page.locator("textarea").input_value() == "Tärkeä teksti"
    assert site.page.locator("form[data-draft] [name=csrfmiddlewaretoken]").input_value() == "second"


def test_a_form_goes_on_by_itself_after_one_has_signed_in(site: Site) -> None:
    site.show(FORM)
    site.page.locator("textarea").fill("Tärkeä teksti")
    site.answers["/istunto/"] = lambda _request: (401, {})
    site.answers["/istunto/kirjaudu/"] = lambda _request: (200, {"ok": True, "csrf": "second"})
    site.page.get_by_role("button", name="Tallenna").click()
    dialog = site.page.get_by_role("dialog", name="Istunto on päättynyt")
    dialog.get_by_label("Salasana").fill("oikea")
    site.answers["/istunto/"] = lambda _request: (200, session(1800))
    with site.page.expect_navigation():
        dialog.get_by_role("button", name="Kirjaudu ja jatka").click()
    assert len(site.posts("/297/tallenna/")) == 1
    assert "csrfmiddlewaretoken=second" in site.posts("/297/tallenna/")[0]


def test_without_a_connection_the_form_stays_and_says_so(site: Site) -> None:
    site.show(FORM)
    site.page.route("**/istunto/", lambda route: route.abort())
    site.page.locator("textarea").fill("Tärkeä teksti")
    site.page.get_by_role("button", name="Tallenna").click()
    site.page.get_by_role("alert").filter(has_text="Palveluun ei saada yhteyttä").wait_for()
    assert site.page.locator("textarea").input_value() == "Tärkeä teksti"
    assert site.posts("/297/tallenna/") == []


def test_a_double_click_sends_a_form_once(site: Site) -> None:
    site.show('<form method="post" action="/297/tallenna/"><button>Tallenna</button></form>')
    with site.page.expect_navigation():
        site.page.evaluate("for (const time of [1, 2]) document.querySelector('main button').click()")
    assert len(site.posts("/297/tallenna/")) == 1


def test_a_part_that_cannot_be_renewed_says_so_until_it_can(site: Site) -> None:
    site.answers["/osa/"] = lambda _request: (500, {})
    site.show('<button type="button" hx-get="/osa/" hx-target="#part">Päivitä</button><p id="part">vanha</p>')
    site.page.get_by_role("button", name="Päivitä").click()
    site.page.get_by_role("alert").filter(has_text="Lataa sivu uudelleen").wait_for()
    assert site.page.locator("#part").inner_text() == "vanha"
    site.answers["/osa/"] = lambda _request: (200, {"uusi": 1})
    site.page.get_by_role("button", name="Päivitä").click()
    site.page.get_by_text("uusi").wait_for()
    assert site.page.get_by_text("Lataa sivu uudelleen").count() == 0


def test_an_answer_that_brings_its_own_words_is_told_with_these(site: Site) -> None:
    site.answers["/osa/"] = lambda _request: (503, {"error": "Tämä kesti liian kauan ja keskeytettiin."})
    site.show('<button type="button" hx-get="/osa/" hx-target="#part">Päivitä</button><p id="part">vanha</p>')
    site.page.get_by_role("button", name="Päivitä").click()
    site.page.get_by_role("alert").filter(has_text="Tämä kesti liian kauan ja keskeytettiin.").wait_for()
    assert site.page.get_by_text("Lataa sivu uudelleen").count() == 0
    assert site.page.locator("#part").inner_text() == "vanha"


def test_htmx_requests_carry_the_token_and_meet_the_end_of_the_session(site: Site) -> None:
    tokens: list[str | None] = []

    def answer(request: "Request") -> tuple[int, dict[str, str]]:
        tokens.append(request.headers.get("x-csrftoken"))
        return 401, {}

    site.answers["/osa/"] = answer
    site.show('<button type="button" hx-post="/osa/">Ota minulle</button>')
    site.page.get_by_role("button", name="Ota minulle").click()
    site.page.get_by_role("dialog", name="Istunto on päättynyt").wait_for()
    assert tokens == ["first"]


def test_the_queue_moves_and_opens_by_keys_when_nothing_else_has_the_focus(site: Site) -> None:
    site.show(QUEUE)
    focused = "document.activeElement.textContent"
    site.page.get_by_role("button", name="Ota pois").focus()
    site.page.keyboard.press("j")
    assert site.page.evaluate(focused) == "Ota pois"
    site.page.evaluate("document.activeElement.blur()")
    site.page.keyboard.press("j")
    assert site.page.evaluate(focused) == "Urho"
    site.page.keyboard.press("j")
    assert site.page.evaluate(focused) == "Lempi"
    site.page.keyboard.press("k")
    with site.page.expect_navigation(url="**/?avoin=1"):
        site.page.keyboard.press("o")


def test_the_keys_of_the_queue_can_be_turned_off(site: Site) -> None:
    site.show(QUEUE)
    site.page.get_by_role("button", name="Ota pois").click()
    site.page.get_by_role("link", name="Urho").focus()
    site.page.keyboard.press("j")
    assert site.page.evaluate("document.activeElement.textContent") == "Urho"

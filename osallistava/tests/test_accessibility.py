"""Every page with axe, once: some in Finnish on a wide window, the others in Swedish on a narrow one."""

import html
import re

import pytest
from django.test import Client as Browser

from accounts.models import User
from core.row_security import set_scope
from municipalities.models import Municipality
from osallistava.tests import scenes
from osallistava.tests.seen import PAGES, SCENES, People, Seen, everything_seen
from testing.axe import assert_accessible, assert_fits
from testing.stage import Stage

WIDTHS = {"fi": 1280, "sv": 360}
BROKEN = "50"  # these speak three languages at once


@pytest.fixture(scope="module")
def answers(module_db: None) -> dict[str, Seen]:
    """All pages, asked for once."""
    set_scope([297, 837])
    return everything_seen(People(Municipality.objects.get(pk=297), Municipality.objects.get(pk=837)))


def test_every_page_of_the_program_is_seen(answers: dict[str, Seen]) -> None:
    missing = sorted(PAGES - set(answers))
    assert not missing, f"{scenes.__name__} does not say how one comes to {', '.join(missing)}"


def test_each_scene_shows_its_page(answers: dict[str, Seen]) -> None:
    assert {name: answers[name].page for name in SCENES if name.partition(":")[0] != answers[name].page} == {}


@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(PAGES | set(SCENES)))
def test_each_page_is_accessible(name: str, answers: dict[str, Seen], stage: Stage) -> None:
    seen = answers[name]
    page = stage.show(seen.answer, WIDTHS[seen.language])
    assert page.locator("html").get_attribute("lang") == ("fi" if name.startswith(BROKEN) else seen.language)
    assert_accessible(page)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)


def test_no_sentence_ends_twice(answers: dict[str, Seen]) -> None:
    texts = {name: re.sub(r"<[^>]*>", "", seen.answer.content.decode()) for name, seen in answers.items()}
    assert {
        name: twice for name, text in texts.items() if (twice := re.findall(r".{0,40}\.\.(?!\.).{0,20}", text))
    } == {}


def test_another_language_leads_to_a_page(answers: dict[str, Seen]) -> None:
    """Also from a page that answered to a form: never to an address that takes nothing but forms."""
    next_field = re.compile(r'name="next" value="([^"]*)"')
    found = {name: next_field.search(seen.answer.content.decode()) for name, seen in answers.items()}
    addresses = {name: html.unescape(at[1]) for name, at in found.items() if at and name[:1] not in "45"}
    assert len(addresses) > 50
    browser = Browser()
    browser.force_login(User.objects.get(email="sirkka@kuopio.example"))
    assert {name: at for name, at in addresses.items() if browser.get(at).status_code == 405} == {}

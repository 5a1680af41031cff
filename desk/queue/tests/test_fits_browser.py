"""No text of the queue is cut or runs over another, in any language, wide or narrow."""

from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from cases.models import Matter, MatterKind
from core.row_security import scope
from municipalities.models import LocalSettings, Municipality, Role
from testing.browser import enter
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CUT = """selector => [...document.querySelectorAll(selector)]
    .filter(it => it.getClientRects().length && it.scrollWidth > it.clientWidth + 1).map(it => it.textContent.trim())"""
PLACEHOLDER_FITS = """() => {
    const find = document.getElementById("find"), style = getComputedStyle(find);
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const room = find.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return pen.measureText(find.placeholder).width <= room;
}"""

BOTTOMS = """[...document.querySelectorAll(".filters > :not([type=hidden])")]
    .map(it => it.getBoundingClientRect().bottom)"""
UNDER_HEADING = """() => {
    const heading = document.getElementById("avoin");
    const under = heading.parentElement.nextElementSibling;
    return under.getBoundingClientRect().top - heading.getBoundingClientRect().bottom;
}"""


@pytest.fixture
def asked(committed_db: None) -> Matter:
    """A discussion that is counted from its request, in the hand of Aino; another matter waits on hold."""
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        LocalSettings.objects.create(municipality=kuopio, held_per_week=1)
        for _n in range(4):
            make_matter(make_client(kuopio), MatterKind.LONG_UNEMPLOYED, held_since=TODAY, routed="Ruuhka")
        return make_matter(
            make_client(kuopio), MatterKind.DISCUSSION, arrived=TODAY, wants_discussion=True, assignee=aino
        )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_cut(page: "Page", live_server: "LiveServer", asked: Matter, language: str, width: int) -> None:
    aino = User.objects.get(email="aino@kuopio.example")
    User.objects.filter(pk=aino.pk).update(language=language)
    page.set_viewport_size({"width": width, "height": 900})
    enter(page, live_server, aino)
    queue = f"{live_server.url}/297/tyojono/"
    page.goto(f"{queue}?avoin={asked.pk}")
    page.locator(".days").wait_for()
    assert page.evaluate(CUT, ".days li") == []
    assert page.evaluate(PLACEHOLDER_FITS)
    page.goto(f"{queue}?nakyma=pidossa")
    assert page.locator(".q").count() == 4
    assert page.evaluate(CUT, ".q-state") == []
    if width == 1280:
        tops = page.evaluate(BOTTOMS)
        assert max(tops) - min(tops) < 2


def test_the_ring_of_the_focus_stays_inside_its_row(page: "Page", live_server: "LiveServer", asked: Matter) -> None:
    enter(page, live_server, User.objects.get(email="aino@kuopio.example"))
    page.goto(f"{live_server.url}/297/tyojono/?avoin={asked.pk}")
    page.keyboard.press("j")
    style = page.evaluate("(it => [it.outlineOffset, it.outlineWidth])(getComputedStyle(document.activeElement))")
    assert style == ["-3px", "3px"]
    heading = "document.getElementById('avoin')"
    page.keyboard.press("Enter")
    assert page.evaluate(f"document.activeElement === {heading}")
    assert page.evaluate(UNDER_HEADING) >= 3

"""What only a browser shows of Valvonta: the place on the page, and the bar at the top with two numbers in it."""

import datetime
from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from cases.models import SelfMadeRight
from core.row_security import scope
from municipalities.members import verbs as members
from municipalities.models import Municipality, Role, Unit
from testing.browser import enter
from testing.clock import TODAY
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def supervisor(committed_db: None) -> User:
    """With a long name."""
    kuopio = Municipality.objects.get(pk=297)
    return person("Sirkka-Liisa Mallikas-Esimerkkinen", "sirkka@kuopio.example", Role.SUPERVISOR, kuopio)


@pytest.fixture
def waiting(supervisor: User) -> list[SelfMadeRight]:
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        days = [f"{TODAY - datetime.timedelta(days=n + 1)}T12:00+02:00" for n in range(30)]
        common = {"municipality": kuopio, "kind": "many", "user": aino, "reason": "Päätökset. " * 20}
        return [SelfMadeRight.objects.create(at=day, **common) for day in days]


def test_after_marking_the_next_row_has_the_place_and_the_focus(
    waiting: list[SelfMadeRight], supervisor: User, live_server: "LiveServer", page: "Page"
) -> None:
    enter(page, live_server, supervisor)
    page.goto(f"{live_server.url}/297/valvonta/")
    page.locator(f"#rivi-{waiting[20].pk} button").click()
    page.wait_for_url(f"**/valvonta/#rivi-{waiting[21].pk}")
    page.wait_for_function(f"document.activeElement.id == 'rivi-{waiting[21].pk}'")
    page.wait_for_load_state()
    page.wait_for_function("scrollY > 0")
    page.wait_for_timeout(500)
    row = page.locator(f"#rivi-{waiting[21].pk}").bounding_box()
    assert row is not None
    assert 0 <= row["y"] < 900
    assert page.locator(f"#rivi-{waiting[20].pk}").count() == 0


@pytest.mark.parametrize("width", [1200, 1280, 1366])
def test_the_bar_at_the_top_has_one_row_though_numbers_wait(
    waiting: list[SelfMadeRight], supervisor: User, width: int, live_server: "LiveServer", page: "Page"
) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        paula = person("Paula Paperinen", "paula@kuopio.example", Role.ADMIN, kuopio)
        unit = Unit.objects.create(municipality=kuopio, name="Pohjoinen tiimi")
        members.change_unit(paula, waiting[0].user.memberships.get(), unit, "Siirtyy")
    enter(page, live_server, supervisor)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/297/valvonta/")
    assert page.locator(".nav-main .count").count() == 2
    bar = page.locator(".topbar").bounding_box()
    assert bar is not None
    assert bar["height"] == 56
    assert page.evaluate("document.documentElement.scrollWidth") == width

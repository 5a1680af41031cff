"""The grid in a browser: an opened row is accessible, and the keys go from row to row."""

from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from core.row_security import scope
from etotu.models import QuarantineRow
from etotu.tests.making import loaded, notice, xml
from municipalities.models import Municipality, Role
from testing.axe import assert_accessible
from testing.browser import enter
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILE = '<liite nimi="lasku.pdf" mime="application/pdf">%%%</liite>'


@pytest.fixture
def paula_with_rows(committed_db: None) -> tuple[User, int]:
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        paula = person("Paula Paperinen", "paula@kuopio.example", Role.ADMIN, kuopio)
        twice = "<lisatieto>Toinen</lisatieto>"
        loaded(xml(notice("K1", family=""), notice("K2", note="Yksi", kind="OUTO", more=twice + FILE)))
        return paula, QuarantineRow.objects.get(number="K2").pk


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360)])
def test_an_opened_row_is_accessible_and_keys_move(
    page: "Page", live_server: "LiveServer", paula_with_rows: tuple[User, int], language: str, width: int
) -> None:
    paula, second = paula_with_rows
    User.objects.filter(pk=paula.pk).update(language=language)
    page.set_viewport_size({"width": width, "height": 900})
    enter(page, live_server, paula)
    page.goto(f"{live_server.url}/297/erat/korjattavat/?rivi={second}")
    assert_accessible(page)
    first = page.locator("input.is-wrong").first
    first_row = int((first.get_attribute("name") or "").split("-")[1])
    first.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate("document.activeElement.name") == f"f-{second}-tyyppi"
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.type("Demolainen")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/korjattavat/?rivi={second}")
    page.locator("button[name=release]").wait_for()
    assert page.evaluate("document.activeElement.closest('[data-grid-row]').id") == f"row-{first_row}"

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
    from playwright.sync_api import Dialog, Page
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
    # the address stays: the page that comes back is told by its coming
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_url(f"**/korjattavat/?rivi={second}")
    page.locator("button[name=release]").wait_for()
    assert page.evaluate("document.activeElement.closest('[data-grid-row]').id") == f"row-{first_row}"


def test_typed_corrections_are_not_left_without_a_question(
    page: "Page", live_server: "LiveServer", paula_with_rows: tuple[User, int]
) -> None:
    paula, second = paula_with_rows
    enter(page, live_server, paula)
    page.goto(f"{live_server.url}/297/erat/korjattavat/")
    asked: list[str] = []

    def stay(dialog: "Dialog") -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("input[name=row]").first.check()
    discard = page.get_by_role("link", name="Hylkää…").last
    discard.click()
    page.wait_for_url("**/hylkaa/")
    page.go_back()
    page.locator(f"[name=f-{second}-tyyppi]").select_option(index=1)
    discard.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.get_by_role("link", name="Näytä ja korjaa").first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] * 2
    page.get_by_role("button", name="Tarkista uudelleen").first.click()
    page.get_by_text("Korjattu").first.wait_for()
    assert len(asked) == 2

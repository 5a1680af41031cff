"""The menu and the tabs of Ylläpito are registries: an app adds its pages, each once."""

from collections.abc import Generator
from typing import Any

import pytest
from django.test import RequestFactory

from accounts.models import User
from municipalities import menu
from municipalities.access import access_of
from municipalities.context import frame
from municipalities.elsewhere import Elsewhere
from municipalities.menu import Entry
from municipalities.models import Municipality, Role
from municipalities.models.membership import CASEWORK
from municipalities.tabs import Tab, Tabs

ADMIN = frozenset({Role.ADMIN})


@pytest.fixture(autouse=True)
def _own_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    """A menu without the pages of the apps."""
    monkeypatch.setattr(menu, "_entries", {})


def framed(user: User, municipality: Municipality, path: str) -> dict[str, Any]:
    request = RequestFactory().get(path)
    request.user = user
    request.municipality = municipality  # type: ignore[attr-defined]
    request.access = access_of(user, municipality)  # type: ignore[attr-defined]
    return frame(request)


def test_an_app_adds_its_page_for_its_roles_and_in_its_place(paula: User, aino: User, kuopio: Municipality) -> None:
    menu.add(Entry("units", "Yksiköt", ADMIN, order=2))
    menu.add(Entry("members", "Käyttäjät", ADMIN, order=1, count=lambda _: 3))
    assert [(page["name"], page["n"]) for page in framed(paula, kuopio, "/297/")["nav"]] == [
        ("members", 3),
        ("units", 0),
    ]
    assert framed(aino, kuopio, "/297/")["nav"] == []


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/297/yllapito/yksikot/12/", "units"),
        ("/297/asiat/12/", "members"),
        ("/297/yllapito/yksikot/?sivulta=luettelo", "members"),
        ("/297/muualla/", None),
    ],
)
def test_the_current_page_is_told_by_the_address(
    paula: User, kuopio: Municipality, path: str, current: str | None
) -> None:
    menu.add(Entry("units", "Yksiköt", ADMIN, order=1))
    menu.add(Entry("members", "Käyttäjät", ADMIN, order=2, sections=frozenset({"asiat"}), mark="luettelo"))
    nav = framed(paula, kuopio, path)["nav"]
    assert [page["name"] for page in nav if page["current"]] == ([current] if current else [])


def test_a_section_of_a_page_that_one_may_not_open_is_no_part_of_another(paula: User, kuopio: Municipality) -> None:
    menu.add(Entry("units", "Yksiköt", ADMIN, order=1, sections=frozenset({"muut"})))
    menu.add(Entry("members", "Käyttäjät", CASEWORK, order=2, sections=frozenset({"yllapito"})))
    nav = framed(paula, kuopio, "/297/yllapito/yksikot/")["nav"]
    assert [page["name"] for page in nav if page["current"]] == []


def test_only_those_who_may_search_have_a_search(paula: User, aino: User, kuopio: Municipality) -> None:
    menu.add(Entry("members", "Käyttäjät", ADMIN, order=1, searches=True))
    assert framed(paula, kuopio, "/297/")["search_url"] == "/297/yllapito/kayttajat/"
    assert framed(aino, kuopio, "/297/")["search_url"] == ""


def test_a_page_is_added_once() -> None:
    menu.add(Entry("units", "Yksiköt", ADMIN, order=1))
    with pytest.raises(ValueError, match="units is in the menu already"):
        menu.add(Entry("units", "Yksiköt", ADMIN, order=2))


def test_tabs_stand_in_their_order_and_each_once() -> None:
    tabs = Tabs()
    tabs.add(Tab("units", "Yksiköt", order=2))
    tabs.add(Tab("members", "Käyttäjät", order=1))
    assert [(tab["label"], tab["current"]) for tab in tabs.shown("units", code="297")] == [
        ("Käyttäjät", False),
        ("Yksiköt", True),
    ]
    with pytest.raises(ValueError, match="units is a tab already"):
        tabs.add(Tab("units", "Yksiköt", order=3))


@pytest.fixture
def garden() -> Generator[Elsewhere[[str]], None, None]:
    page: Elsewhere[[str]] = Elsewhere("the garden")
    yield page
    Elsewhere.known.remove(page)


def test_a_page_elsewhere_is_found_once_its_app_has_said_where(garden: Elsewhere[[str]]) -> None:
    with pytest.raises(LookupError, match="the garden"):
        garden.url("297")
    garden.is_at(lambda code: f"/{code}/puutarha/")
    assert garden.url("297") == "/297/puutarha/"
    with pytest.raises(ValueError, match="the garden"):
        garden.is_at(lambda code: code)

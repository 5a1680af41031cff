"""How many statements the municipality's pages send, all of them counted, with something in every section."""

import datetime
from collections.abc import Iterator
from typing import Final

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from reports.dashboard.asked import TABS
from reports.figures.registry import FIGURES, LISTINGS
from reports.tests.making import fill, multiply
from testing.people import QueryCount, SignIn

DAY: Final = datetime.date(2018, 12, 20)
CEILING: Final = 20
TABS_SEND: Final = {
    "dashboard": 18,
    "dashboard_pace": 15,
    "dashboard_reach": 13,
    "dashboard_deadlines": 16,
    "dashboard_goals": 17,
}
"""What the tabs send today: one that needs more says why."""
CODE: Final = {"code": "297"}


def tabs_and_tables() -> Iterator[tuple[str, str]]:
    for tab in TABS:
        yield tab, reverse(tab, kwargs=CODE)
        yield f"{tab} of some", f"{reverse(tab, kwargs=CODE)}?yksikko=ei&ika=40-59"
    for name, figure in FIGURES.items():
        if not figure.by_traits:
            yield f"table of {name}", reverse("figure_csv", kwargs=CODE | {"name": name})


def lists(*, by_traits: bool) -> Iterator[tuple[str, str]]:
    for name, listing in LISTINGS.items():
        if by_traits or not listing.by_traits:
            yield f"rows of {name}", reverse("figure_rows", kwargs=CODE | {"name": name, "key": "all"})
        if not listing.by_traits:
            yield f"all rows of {name}", reverse("figure_rows_csv", kwargs=CODE | {"name": name, "key": "all"})


@pytest.mark.at(DAY)
def test_a_page_sends_few_statements_and_as_many_for_a_thousand_rows(
    kuopio: Municipality, aino: User, kaisa: User, sirkka: User, signed_in: SignIn, query_count: QueryCount
) -> None:
    fill(kuopio, aino, DAY)
    coordinator, supervisor = signed_in(kaisa), signed_in(sirkka)
    pages: list[tuple[Browser, str, str]] = [
        *((coordinator, *page) for page in (*tabs_and_tables(), *lists(by_traits=False))),
        *((supervisor, *page) for page in (*tabs_and_tables(), *lists(by_traits=True))),
    ]

    def statements() -> list[tuple[str, int]]:
        return [(name, query_count(lambda b=browser, a=address: b.get(a))) for browser, name, address in pages]  # type: ignore[misc]

    for browser, name, address in pages:
        answer = browser.get(address)
        assert answer.status_code == 200, name
        assert " of some" in name or 'class="empty"' not in answer.content.decode(), (
            f"{name}: a section has nothing to show"
        )
    few = statements()
    assert [(name, n) for name, n in few if n > TABS_SEND.get(name, CEILING)] == []
    multiply(kuopio, aino, DAY, 1000)
    assert statements() == few

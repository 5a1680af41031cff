"""The number of each tab is that of the rows that it opens, whatever filters the address has."""

import datetime
import itertools
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import Matter, MatterKind, MatterState
from municipalities.models import Municipality, Unit
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn

FILTERS = [
    "",
    "tyyppi=application",
    "tyyppi=contact&kieli=sv",
    "aika=myohassa",
    "aika=viikko&tyyppi=application",
    "tila=uudet",
    "tila=odottaa",
    "tila=suljetut",
    "tila=suljetut&tyyppi=application",
    "yksikko=0",
]


@pytest.fixture
def mixed(kuopio: Municipality, southern: Unit, aino: User, eetu: User) -> None:
    """Matters of two kinds, languages, dues, units and everybody's, some of each waiting, held or closed."""
    states: list[dict[str, Any]] = [
        {},
        {"state": MatterState.WAITING_CLIENT, "waiting_until": TODAY + datetime.timedelta(3)},
        {"held_since": TODAY},
        {"state": MatterState.CLOSED, "outcome": "met_no_need", "closed_at": NOW},
    ]
    kinds = (MatterKind.APPLICATION, MatterKind.CONTACT)
    for place, (kind, state, whose, unit) in enumerate(
        itertools.product(kinds, states, (None, aino, eetu), (None, southern))
    ):
        client = make_client(kuopio, language=("fi", "sv")[place % 2])
        held = {"routed": "Ruuhka"} if "held_since" in state else {}
        if held and (kind == MatterKind.APPLICATION or whose):
            # neither what the law hurries nor what somebody has is on hold
            continue
        made = make_matter(client, kind, assignee=whose, unit=unit, **state | held)
        if made.is_open:
            due = TODAY + datetime.timedelta(days=(-1, 1, 30, 1)[place // 2 % 4])
            Matter.objects.filter(pk=made.pk).update(due=due)


def of(browser: Browser, address: str) -> Any:
    return browser.get(f"/297/tyojono/{address}").context


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("who", ["aino", "sirkka"])
def test_each_tab_opens_as_many_rows_as_it_tells(
    request: pytest.FixtureRequest, signed_in: SignIn, mixed: None, who: str, filters: str
) -> None:
    browser = signed_in(request.getfixturevalue(who))
    tabs = of(browser, f"?nakyma=kaikki&{filters}")["tabs"]
    told = {tab["url"]: tab["n"] for tab in tabs if tab["n"] is not None}
    assert told == {url: len(of(browser, url.partition("/tyojono/")[2])["rows"]) for url in told}
    assert len(told) == (1 if "suljetut" in filters else len(tabs))
    assert sum(told.values())


def test_a_filter_takes_no_tab_away(signed_in: SignIn, mixed: None, aino: User) -> None:
    browser = signed_in(aino)
    labels = [tab["label"] for tab in of(browser, "")["tabs"]]
    assert [tab["label"] for tab in of(browser, "?tyyppi=young_unemployed")["tabs"]] == labels

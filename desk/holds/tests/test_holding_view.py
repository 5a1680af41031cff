"""Matters on hold in the queue: who they are, until when, and why a matter is where it is."""

from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import AccessLog, Matter
from etotu.routing.route import OWN_WORKER
from municipalities.models import LocalSettings, Municipality, Unit
from testing.clock import DAY, TODAY
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn

QUEUE = "/297/tyojono/"
HELD = f"{QUEUE}?nakyma=pidossa"
pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(aino: User, signed_in: SignIn) -> Browser:
    return signed_in(aino)


def on_hold(kuopio: Municipality, days: int = 3, **fields: Any) -> Matter:
    since = TODAY - days * DAY
    return make_matter(make_client(kuopio), "long_unemployed", since, held_since=since, routed="Ruuhka", **fields)


def tab(browser: Browser, label: str) -> int | None:
    tabs = browser.get(QUEUE).context["tabs"]
    return next((one["n"] for one in tabs if one["label"] == label), None)


def test_on_hold_is_counted_apart_from_the_unassigned(kuopio: Municipality, browser: Browser) -> None:
    assert tab(browser, "Pidossa") is None
    on_hold(kuopio)
    make_matter(make_client(kuopio))
    assert (tab(browser, "Pidossa"), tab(browser, "Ilman tekijää")) == (1, 1)
    free = browser.get(f"{QUEUE}?nakyma=vapaat").context["page"]
    assert [matter.held_since for matter in free] == [None]


def test_the_oldest_stands_first_with_the_week_of_its_turn(kuopio: Municipality, browser: Browser) -> None:
    LocalSettings.objects.create(municipality=kuopio, held_per_week=1)
    newer, older = on_hold(kuopio, 1), on_hold(kuopio, 2)
    answer = browser.get(HELD)
    assert [(row.pk, row.state) for row in answer.context["rows"]] == [
        (older.pk, "Pidossa, vuoro noin viikolla 47"),
        (newer.pk, "Pidossa, vuoro noin viikolla 48"),
    ]
    assert "Joka maanantai vapautuu 1" in answer.content.decode()
    assert set(AccessLog.objects.get().client_ids) == {older.client_id, newer.client_id}


def test_a_turn_after_the_deadline_is_pointed_out(kuopio: Municipality, browser: Browser) -> None:
    LocalSettings.objects.create(municipality=kuopio, held_per_week=1)
    for days, due in ((9, TODAY + 30 * DAY), (3, TODAY)):
        Matter.objects.filter(pk=on_hold(kuopio, days).pk).update(due=due)
    first, second = (row.state for row in browser.get(HELD).context["rows"])
    assert "määräajan" not in first
    assert second.endswith(", vasta määräajan jälkeen")


def test_the_order_is_named_as_it_is(browser: Browser) -> None:
    for view, words in (("nakyma=pidossa", "Vuoro"), ("tila=suljetut", "Sulkeminen"), ("nakyma=kaikki", "Määräaika")):
        choices = browser.get(f"{QUEUE}?{view}").context["filters"].fields["order"].choices
        assert str(choices[0][1]).startswith(words)


def test_one_of_another_unit_is_not_seen(kuopio: Municipality, northern: Unit, browser: Browser) -> None:
    on_hold(kuopio, unit=northern)
    assert browser.get(HELD).context["rows"] == []


def test_without_a_weekly_release_nobody_promises_a_week(kuopio: Municipality, browser: Browser) -> None:
    LocalSettings.objects.create(municipality=kuopio, held_per_week=0)
    on_hold(kuopio)
    assert browser.get(HELD).context["rows"][0].state == "Pidossa, kunnes joku vapauttaa sen"


def test_as_many_queries_for_one_as_for_many(kuopio: Municipality, browser: Browser, query_count: QueryCount) -> None:
    on_hold(kuopio)
    few = query_count(lambda: browser.get(HELD))
    for n in range(12):
        on_hold(kuopio, n)
    assert query_count(lambda: browser.get(HELD)) == few


def test_a_worker_releases_it_by_hand(kuopio: Municipality, browser: Browser) -> None:
    matter = on_hold(kuopio)
    shown = browser.get(f"{HELD}&avoin={matter.pk}").content.decode()
    assert "Vapauta pidosta" in shown
    assert "määräaika kulkee koko ajan" in shown
    browser.post(f"/297/asiat/{matter.pk}/vapauta/?nakyma=pidossa")
    matter.refresh_from_db()
    assert matter.held_since is None
    assert "Vapauta pidosta" not in browser.get(f"{QUEUE}?avoin={matter.pk}").content.decode()


def test_the_open_matter_says_why_it_is_where_it_is(kuopio: Municipality, aino: User, browser: Browser) -> None:
    ruled = make_matter(make_client(kuopio), assignee=aino, routed="Nuorten tiimi hoitaa")
    own = make_matter(make_client(kuopio), assignee=aino, routed=OWN_WORKER)
    plain = make_matter(make_client(kuopio))
    told = [browser.get(f"{QUEUE}?avoin={matter.pk}").context["open"].origin for matter in (ruled, own, plain)]
    assert [(one.question, one.answer) if one else None for one in told] == [
        ("Ohjaussääntö", "Nuorten tiimi hoitaa"),
        ("Miksi tämä on sinulla", "tuli asiakkaan omatyöntekijälle"),
        None,
    ]
    assert "Nuorten tiimi hoitaa" in browser.get(f"/297/asiakkaat/{ruled.client_id}/").content.decode()

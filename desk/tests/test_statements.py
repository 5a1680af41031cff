"""How many statements each page sends, every one counted, with every part of the page filled."""

from typing import Any

import pytest

from accounts.models import User
from cases.models import AccessLog
from cases.models.access_log import Looked
from desk.tests.filled import fill
from municipalities.models import Municipality
from testing.clock import NOW
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn

pytestmark = pytest.mark.django_db

OPENED: dict[str, Any] = {"headers": {"HX-Request": "true", "HX-Target": "avattu"}}
FILTERED: dict[str, Any] = {"headers": {"HX-Request": "true", "HX-Target": "jono"}}


@pytest.mark.parametrize(
    ("page", "more", "ceiling"),
    [
        pytest.param("/297/tyojono/?avoin={matter}", OPENED, 15, id="a matter that is opened"),
        pytest.param("/297/tyojono/?avoin={matter}", {}, 20, id="the whole page of an open matter"),
        pytest.param("/297/tyojono/", {}, 14, id="queue"),
        pytest.param("/297/tyojono/?nakyma=kaikki&tila=suljetut", FILTERED, 14, id="a filtered queue"),
    ],
)
def test_a_page_keeps_its_ceiling(
    kuopio: Municipality,
    tampere: Municipality,
    aino: User,
    olli: User,
    signed_in: SignIn,
    query_count: QueryCount,
    page: str,
    more: dict[str, Any],
    ceiling: int,
) -> None:
    client, matter = fill(kuopio, aino, tampere, NOW)
    browser = signed_in(aino)
    address = page.format(client=client.pk, matter=matter.pk)
    assert browser.get(address, **more).status_code == 200
    assert query_count(lambda: browser.get(address, **more)) <= ceiling


def test_a_bare_matter_takes_no_more(
    kuopio: Municipality, aino: User, signed_in: SignIn, query_count: QueryCount
) -> None:
    matter = make_matter(make_client(kuopio))
    browser = signed_in(aino)
    assert query_count(lambda: browser.get(f"/297/tyojono/?avoin={matter.pk}", **OPENED)) <= 15


class TestParts:
    def test_an_opened_matter_comes_without_the_list_and_is_logged_as_opened(
        self, kuopio: Municipality, tampere: Municipality, aino: User, olli: User, signed_in: SignIn
    ) -> None:
        client, matter = fill(kuopio, aino, tampere, NOW)
        sent = signed_in(aino).get(f"/297/tyojono/?avoin={matter.pk}", **OPENED).content.decode()
        assert "Tauno Olavi Ylämalli" in sent
        assert "data-queue" not in sent
        assert [(row.action, row.client_ids) for row in AccessLog.objects.all()] == [(Looked.OPENED, [client.pk])]

    def test_without_script_the_same_address_is_the_whole_page(
        self, kuopio: Municipality, tampere: Municipality, aino: User, olli: User, signed_in: SignIn
    ) -> None:
        _client, matter = fill(kuopio, aino, tampere, NOW)
        page = signed_in(aino).get(f"/297/tyojono/?avoin={matter.pk}").content.decode()
        assert "<h1>" in page
        assert "data-queue" in page
        assert 'id="avoin"' in page

    def test_a_filter_sends_the_list_its_views_and_its_number(
        self, kuopio: Municipality, tampere: Municipality, aino: User, olli: User, signed_in: SignIn
    ) -> None:
        fill(kuopio, aino, tampere, NOW)
        sent = signed_in(aino).get("/297/tyojono/?nakyma=kaikki", **FILTERED).content.decode()
        assert "<h1>" not in sent
        assert "<title>(1)" in sent
        assert 'id="nakymat" hx-swap-oob="true"' in sent
        assert "data-queue" in sent

    def test_a_list_is_logged_once_however_many_of_its_matters_are_opened(
        self, kuopio: Municipality, tampere: Municipality, aino: User, olli: User, signed_in: SignIn
    ) -> None:
        _client, matter = fill(kuopio, aino, tampere, NOW)
        browser = signed_in(aino)
        browser.get("/297/tyojono/")
        for _ in range(3):
            browser.get(f"/297/tyojono/?avoin={matter.pk}")
        actions = [row.action for row in AccessLog.objects.order_by("pk")]
        assert actions == [Looked.LISTED, Looked.OPENED, Looked.OPENED, Looked.OPENED]

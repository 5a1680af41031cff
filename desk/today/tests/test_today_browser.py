"""Recording from Today: the row with the name stays in sight, also above a draft that is offered."""

import datetime
from typing import TYPE_CHECKING

import pytest

from core import drafts
from core.row_security import scope
from municipalities.models import Municipality, Role
from testing.browser import enter
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_row_one_records_on_stays_in_sight(
    committed_db: None, page: "Page", live_server: "LiveServer", width: int
) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        arrived = TODAY - datetime.timedelta(30)
        clients = [make_client(kuopio, given_names="Ulla", family_name=f"Testi{n}") for n in range(16)]
        asked = [make_matter(client, arrived=arrived, assignee=aino) for client in clients][8]
        drafts.save(aino.pk, 297, "contact", f"matter:{asked.pk}", {"text": ["Sovittu."]})
    page.set_viewport_size({"width": width, "height": 700})
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/")
    row = page.locator(f"#asia-{asked.pk}")
    row.get_by_role("link", name="Kirjaa").click()
    row.get_by_role("heading", name="Kirjaa yhteydenotto: Ulla Testi8").wait_for()
    page.wait_for_load_state()
    page.wait_for_function("scrollY > 0")
    page.wait_for_timeout(500)
    box = row.get_by_role("link", name="Ulla Testi8", exact=True).bounding_box()
    assert box
    assert 0 <= box["y"] < 500

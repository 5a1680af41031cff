"""The main job from end to end, in the browser, against a running worker: a batch becomes a matter, a contact, a goal,
and the municipality's picture moves."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from core.row_security import scope
from etotu.generator import generate
from municipalities.models import Municipality, Role
from testing.browser import enter
from testing.clock import DAY, TODAY
from testing.people import person
from testing.worker import Worker

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def people(committed_db: None) -> dict[str, User]:
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        return {
            "paula": person("Paula Paperinen", "paula@kuopio.example", Role.ADMIN, kuopio),
            "aino": person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio),
            "kaisa": person("Kaisa Kuvittelu", "kaisa@kuopio.example", Role.COORDINATOR, kuopio),
        }


def count_of(page: "Page", label: str) -> int:
    """The number in the row of the figure of notices."""
    row = page.locator("#notices_by_type").locator("xpath=ancestor::section").get_by_role("row", name=label)
    return int(row.get_by_role("cell").first.inner_text())


def test_a_batch_becomes_work_and_the_picture_moves(
    page: "Page", live_server: "LiveServer", people: dict[str, User], worker: Worker, tmp_path: Path
) -> None:
    file = tmp_path / "era.xml"
    file.write_bytes(b"".join(generate(["297"], 10, TODAY - DAY, seed=7)))

    enter(page, live_server, people["kaisa"])
    page.goto(f"{live_server.url}/297/kunta/")
    assert page.get_by_text("Tietoja ei ole vielä.").is_visible()

    enter(page, live_server, people["paula"])
    page.goto(f"{live_server.url}/297/erat/")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Tuo").click()
    page.locator(".tag", has_text="Valmis").first.wait_for()

    enter(page, live_server, people["aino"])
    page.goto(f"{live_server.url}/297/tyojono/")
    page.locator(".tabs").get_by_role("link", name="Ilman tekijää").click()
    page.locator(".q a").first.click()
    page.locator("article.open").get_by_role("button", name="Ota minulle").click()
    name = page.locator("article.open h2").inner_text()
    page.get_by_role("link", name="Kirjaa yhteydenotto").click()
    page.get_by_label("Soitin").check()
    page.get_by_label("Tavoitin asiakkaan").check()
    page.get_by_role("button", name="Tallenna yhteydenotto").click()
    page.get_by_text("Aino Demolainen soitti").first.wait_for()

    page.get_by_role("link", name="Avaa asiakkaan tiedot").click()
    assert page.get_by_role("heading", level=1).inner_text() == name
    page.get_by_role("link", name="Uusi mittaus").first.click()
    page.get_by_role("radio", name="Yhdessä").check()
    page.get_by_label("Tavoite asiakkaan omin sanoin").fill("Haluan, että velat saadaan järjestykseen.")
    page.get_by_label("Mistä tavoitteessa on kyse").select_option(label="Velkatilanne")
    page.get_by_label("Muutos parempaan").check()
    page.get_by_label("Tekijä").first.select_option(label="Oma motivaatio")
    page.get_by_label("Neuvonta", exact=True).check()
    page.get_by_role("button", name="Tallenna mittaus").click()
    page.get_by_text("Velkatilanne").first.wait_for()

    enter(page, live_server, people["kaisa"])
    page.goto(f"{live_server.url}/297/kunta/")
    assert count_of(page, "Yhteensä") == 10
    page.get_by_role("link", name="Tavoitteet").first.click()
    assert page.get_by_role("row", name="Velkatilanne").first.get_by_role("cell").first.inner_text() == "1"

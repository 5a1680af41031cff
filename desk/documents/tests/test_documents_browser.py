"""Documents in a browser: kept while one writes, nothing lost when it cannot be kept, copied by one key a field."""

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Route, expect

from accounts.models import User
from cases.models import Client
from core.row_security import scope
from desk.documents.tests.conftest import ASSESSMENT, at, finished_by
from municipalities.models import Municipality, Role
from records.documents.verbs import begin, take_over
from records.models import Document, OpenVersion, TakingOut
from testing.browser import enter
from testing.factories import make_client, make_matter
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CONCLUSIONS = "Ammattihenkilön johtopäätökset"


@pytest.fixture
def aino(committed_db: None) -> User:
    with scope([297]):
        kuopio = Municipality.objects.get(pk=297)
        return person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)


@pytest.fixture
def veera(aino: User) -> Client:
    with scope([297]):
        client: Client = make_client(Municipality.objects.get(pk=297))
        make_matter(client, assignee=aino)
        return client


@pytest.fixture
def draft(aino: User, veera: Client) -> Document:
    with scope([297]):
        return begin(aino, veera, ASSESSMENT)


def opened(page: "Page", live_server: "LiveServer", aino: User, document: Document, what: str = "") -> "Page":
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}{at(document, what)}")
    return page


def kept(document: Document) -> OpenVersion:
    with scope([297]):
        return OpenVersion.objects.get(document=document)


def test_what_one_writes_is_kept_by_itself_and_the_gaps_follow(
    page: "Page", live_server: "LiveServer", aino: User, draft: Document
) -> None:
    opened(page, live_server, aino, draft, "kirjoita/")
    gaps = page.locator("[data-doc-gaps] a")
    before = gaps.count()
    page.get_by_label(CONCLUSIONS).fill("Tarvitsee talousneuvontaa.")
    expect(gaps).to_have_count(before - 1)
    assert "Tarvitsee talousneuvontaa." in str(kept(draft).content)
    page.reload()
    expect(page.get_by_label(CONCLUSIONS)).to_have_value("Tarvitsee talousneuvontaa.")


def test_a_gap_leads_to_its_field_also_in_a_part_that_is_shut(
    page: "Page", live_server: "LiveServer", aino: User, draft: Document
) -> None:
    opened(page, live_server, aino, draft, "kirjoita/")
    page.locator("details.area").evaluate_all("all => all.forEach((one) => (one.open = false))")
    page.locator("[data-doc-gaps] a", has_text=CONCLUSIONS).press("Enter")
    expect(page.get_by_label(CONCLUSIONS)).to_be_focused()


def test_a_save_that_fails_is_said_and_tried_again(
    page: "Page", live_server: "LiveServer", aino: User, draft: Document
) -> None:
    opened(page, live_server, aino, draft, "kirjoita/")
    page.clock.install()
    failing = "**/tallenna/"
    page.route(failing, lambda route: route.abort())
    page.get_by_label(CONCLUSIONS).fill("Katkon aikana")
    page.clock.run_for(3000)
    expect(page.locator("[data-doc-failed] [role=alert]")).to_contain_text("Ei tallennettu")
    page.unroute(failing)
    page.clock.run_for(11000)
    expect(page.locator("[data-doc-failed]")).to_be_hidden()
    expect(page.locator("[data-doc-saved]")).to_contain_text("Tallennettu klo")
    assert "Katkon aikana" in str(kept(draft).content)


def test_two_pages_lose_neither_text(page: "Page", live_server: "LiveServer", aino: User, draft: Document) -> None:
    opened(page, live_server, aino, draft, "kirjoita/")
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label(CONCLUSIONS).fill("Toisen sivun teksti")
    expect(other.locator("[data-doc-status]")).to_contain_text("Tallennettu")
    page.get_by_label(CONCLUSIONS).fill("Tämän sivun teksti")
    page.get_by_role("button", name="Näytä molemmat tekstit").click()
    expect(page.get_by_role("cell", name="Toisen sivun teksti")).to_be_visible()
    expect(page.get_by_label(CONCLUSIONS)).to_have_value("Tämän sivun teksti")
    page.get_by_role("button", name="Tallenna", exact=True).click()
    expect(page.get_by_text("Teksti tallennettiin")).to_be_visible()
    assert "Tämän sivun teksti" in str(kept(draft).content)


def test_who_was_taken_over_keeps_the_text_on_the_page(
    page: "Page", live_server: "LiveServer", aino: User, draft: Document
) -> None:
    opened(page, live_server, aino, draft, "kirjoita/")
    with scope([297]):
        sirkka = person("Sirkka Mallikas", "s@kuopio.example", Role.SUPERVISOR, Municipality.objects.get(pk=297))
        take_over(sirkka, Document.objects.get(pk=draft.pk))
    page.get_by_label(CONCLUSIONS).fill("Ainon teksti")
    expect(page.locator("[data-doc-failed] [role=alert]")).to_contain_text("Sirkka Mallikas")
    expect(page.get_by_label(CONCLUSIONS)).to_have_value("Ainon teksti")


def test_a_row_is_added_and_what_is_in_it_kept(
    page: "Page", live_server: "LiveServer", aino: User, draft: Document
) -> None:
    opened(page, live_server, aino, draft, "kirjoita/")
    part = page.locator("#f-aikaisemmat_ja_nykyiset_palvelut")
    part.locator("summary").first.click()
    part.get_by_role("button", name="Lisää toinen").click()
    texts = part.locator("textarea")
    texts.nth(0).fill("Velkaneuvonta")
    texts.nth(1).fill("Sosiaaliohjaus")
    expect(page.locator("[data-doc-status]")).to_contain_text("Tallennettu")
    page.reload()
    expect(part.locator("textarea")).to_have_count(2)


def test_each_field_is_copied_by_one_key_and_told(
    page: "Page", live_server: "LiveServer", aino: User, draft: Document
) -> None:
    with scope([297]):
        finished_by(aino, draft)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, live_server, aino, draft)
    buttons, told = page.locator("[data-copy]:not([data-copy=''])"), page.locator("[data-copied]")
    buttons.first.focus()
    for place in range(buttons.count()):
        expect(buttons.nth(place)).to_be_focused()
        label = buttons.nth(place).locator(".visually-hidden").inner_text().removeprefix(":").strip()
        page.keyboard.press("Enter")
        expect(told).to_have_text(f"Kopioitu: {label}")
    with scope([297]):
        assert TakingOut.objects.count() == buttons.count()
    page.get_by_role("button", name="Kopioi kaikki").click()
    expect(told).to_contain_text("koko teksti")
    assert "Vuokralla Petosella." in page.evaluate("navigator.clipboard.readText()")


def test_what_is_not_told_is_not_copied(page: "Page", live_server: "LiveServer", aino: User, draft: Document) -> None:
    with scope([297]):
        finished_by(aino, draft)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, live_server, aino, draft)

    def refuse(route: Route) -> None:
        route.fulfill(status=500)

    page.route("**/kopioitu/", refuse)
    page.evaluate("navigator.clipboard.writeText('ennen')")
    page.get_by_role("button", name="Kopioi kaikki").click()
    expect(page.locator("[data-copy-failed]")).to_contain_text("Mitään ei kopioitu")
    assert page.evaluate("navigator.clipboard.readText()") == "ennen"

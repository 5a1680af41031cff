"""Every page with axe: in Finnish on a wide window, in Swedish on a narrow one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from cases.models import Letter, Matter, MatterKind
from core.row_security import scope
from municipalities.models import Municipality, Role
from osallistava.tests.permission_matrix import (
    ADMIN,
    CASEWORK,
    INSTALLATION,
    MATRIX,
    READERS,
    REGISTER,
    SIGNED_IN,
    example_kwargs,
)
from osallistava.tests.test_permissions import MUNICIPAL
from testing.axe import assert_accessible
from testing.browser import enter
from testing.clock import TODAY
from testing.people import person

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = {"fi": 1280, "sv": 360}
SEND = """([address, chosen]) => {
    const form = Object.assign(document.createElement("form"), {method: "post", action: address});
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    for (const [name, value] of Object.entries({csrfmiddlewaretoken: token, ...chosen}))
        form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
    document.body.append(form);
    form.submit();
}"""
NO_PAGE = {"mfa_download_recovery_codes", "figure_csv", "attachment", "letter_pdf", "letters_batch"}


@dataclass
class Everybody:
    supervisor: User
    admin: User
    installation_admin: User
    kwargs: dict[str, dict[str, object]]


@pytest.fixture
def everybody(committed_db: None) -> Everybody:
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        sirkka = person("Sirkka Mallikas", "sirkka@kuopio.example", Role.SUPERVISOR, kuopio)
        paula = person("Paula Paperinen", "paula@kuopio.example", Role.ADMIN, kuopio)
        iida = person("Iida Asentaja", "iida@asennus.example", is_installation_admin=True)
        return Everybody(sirkka, paula, iida, example_kwargs(kuopio, sirkka))


def addresses(everybody: Everybody, whose: str) -> list[str]:
    """The pages of a kind of people, without what is a part of a page or takes only a POST."""
    kinds = {
        "supervisor": (CASEWORK, READERS, SIGNED_IN),
        "admin": (ADMIN, REGISTER),
        "installation_admin": (INSTALLATION,),
    }
    names = [n for n, who in MATRIX.items() if who in kinds[whose] and n not in NO_PAGE]
    signed = Browser()
    signed.force_login(getattr(everybody, whose))
    found = []
    for name in names:
        address = reverse(name, kwargs=({"code": "297"} if name in MUNICIPAL else {}) | everybody.kwargs.get(name, {}))
        response = signed.get(address)
        if response.status_code == 200 and "</html>" in response.content.decode():
            found.append(address)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whose", ["supervisor", "admin", "installation_admin"])
def test_every_page_is_accessible(
    page: "Page", live_server: "LiveServer", everybody: Everybody, whose: str, language: str
) -> None:
    user: User = getattr(everybody, whose)
    User.objects.filter(pk=user.pk).update(language=language)
    page.set_viewport_size({"width": LANGUAGES[language], "height": 900})
    enter(page, live_server, user)
    opened = addresses(everybody, whose)
    assert len(opened) > 4
    for address in opened:
        page.goto(live_server.url + address)
        assert page.locator("html").get_attribute("lang") == language
        assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_that_answer_a_choice_are_accessible(
    page: "Page", live_server: "LiveServer", everybody: Everybody, language: str
) -> None:
    """A list posts what was chosen: the pages that ask before letters are made, deleted or closed, or matters given."""
    User.objects.filter(pk=everybody.supervisor.pk).update(language=language)
    page.set_viewport_size({"width": LANGUAGES[language], "height": 900})
    enter(page, live_server, everybody.supervisor)
    with scope([297]):
        letter = Letter.objects.get()
        Matter.objects.filter(letters=letter).update(kind=MatterKind.REDUCED_AMOUNT)
    for name in ("queue_give", "letters_new"):
        asked = f"{reverse(name, kwargs={'code': '297'})}?matter={letter.matter_id}"
        page.goto(live_server.url + asked)
        assert page.url.endswith(asked)
        assert_accessible(page)
    answer(page, "letters_delete", {"kirje": letter.pk})
    with scope([297]):
        Letter.objects.update(sent_on=TODAY)
    answer(page, "letters_close", {"kirje": letter.pk})


def answer(page: "Page", name: str, chosen: dict[str, object]) -> None:
    """The page that a list gets back when it posts what was chosen: it asks, and has a form of its own."""
    address = reverse(name, kwargs={"code": "297"})
    with page.expect_navigation():
        page.evaluate(SEND, [address, {key: str(value) for key, value in chosen.items()}])
    assert page.url.endswith(address)
    assert page.locator("main form[method=post] button[type=submit]").count()
    assert_accessible(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_before_signing_in_are_accessible(page: "Page", live_server: "LiveServer", language: str) -> None:
    page.set_viewport_size({"width": LANGUAGES[language], "height": 900})
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    for name in ("account_login", "account_reset_password", "about", "accessibility"):
        page.goto(live_server.url + reverse(name))
        assert_accessible(page)

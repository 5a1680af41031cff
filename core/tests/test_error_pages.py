"""An error page is in plain words, and says what to do even when nothing else works."""

from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from accounts.models import User
from core.outage_pages import what_was_sent
from testing.people import SignIn

OF_THE_SERVICE = ["500", "503", "503_slow", "503_locked", "503_unreadable", "503_updating", "507"]
CODES = ["400", "403", "403_csrf", "404", "405", "413", *OF_THE_SERVICE]


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("code", CODES)
def test_an_error_page_leads_on(code: str, language: str) -> None:
    with translation.override(language):
        html = render_to_string(f"{code}.html", {"exception": ""}, RequestFactory().get("/297/"))
    assert html.count("<h1") == 1
    assert '<a href="/">' in html


@pytest.mark.parametrize("code", OF_THE_SERVICE)
def test_the_pages_of_a_broken_service_need_no_context_and_speak_three_languages(code: str) -> None:
    html = render_to_string(f"{code}.html")
    assert 'lang="sv"' in html
    assert 'lang="en"' in html


def test_a_refusal_says_its_reason() -> None:
    html = render_to_string("403.html", {"exception": "Ota yhteyttä esihenkilöösi."}, RequestFactory().get("/297/"))
    assert "Ota yhteyttä esihenkilöösi." in html


def test_an_address_that_only_takes_a_form_leads_on(aino: User, signed_in: SignIn) -> None:
    answer = signed_in(aino).get("/297/asiat/1/sulje/")
    assert answer.status_code == 405
    assert "Sivua ei voi avata uudelleen" in answer.content.decode()
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    ("address", "fields", "kept"),
    [
        ("/297/asiakkaat/uusi/", {"family_name": "Testaaja"}, True),
        ("/297/asiat/1/sulje/", {"reason": "Muutti pois"}, True),
        ("/kirjaudu/", {"login": "aino@kuopio.example", "password": "korkea kuusi"}, False),
        ("/kirjaudu/koodi/", {"code": "123456"}, False),
        ("/tili/vahvista/koodi/", {"code": "123456"}, False),
        ("/tili/kaksivaiheinen/kayttoon/", {"code": "123456"}, False),
        ("/tili/varakoodit/uudet/", {"once": "x"}, False),
        ("/linkki/", {"token": "salaisuus"}, False),
        ("/ei-mikaan/", {"text": "x"}, False),
    ],
)
def test_what_protects_an_account_is_never_written_into_a_page(
    address: str, fields: dict[str, str], kept: bool
) -> None:
    request = RequestFactory().post(address, urlencode(fields), content_type="application/x-www-form-urlencoded")
    assert (what_was_sent(request) is not None) is kept

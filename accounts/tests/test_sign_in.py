import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client as Browser

from accounts.models import User
from accounts.people import deactivate
from testing.clock import Clock


def sign_in(browser: Browser, email: str, password: str, **more: str) -> Any:
    return browser.post("/kirjaudu/", {"login": email, "password": password, **more})


def signed_in_as(browser: Browser) -> str | None:
    return browser.session.get("_auth_user_id")


def test_the_right_password_signs_in_and_leads_to_the_front_page(browser: Browser, aino: User, password: str) -> None:
    answer = sign_in(browser, "Aino@Kuopio.example", password)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in_as(browser) == str(aino.pk)


def test_after_signing_in_one_is_where_one_wanted_to_go(browser: Browser, aino: User, password: str) -> None:
    assert browser.get("/tili/istunnot/")["Location"] == "/kirjaudu/?next=/tili/istunnot/"
    assert sign_in(browser, aino.email, password, next="/tili/istunnot/")["Location"] == "/tili/istunnot/"


def test_an_address_elsewhere_is_not_followed(browser: Browser, aino: User, password: str) -> None:
    assert sign_in(browser, aino.email, password, next="https://evil.example/")["Location"] == "/"


@pytest.mark.parametrize("email", ["aino@kuopio.example", "nobody@kuopio.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(browser: Browser, aino: User, email: str) -> None:
    page = sign_in(browser, email, "wrong words here").content.decode()
    assert "do not match" in english(page)
    assert signed_in_as(browser) is None


def english(page: str) -> str:
    from django.utils.translation import gettext

    words = gettext("The e-mail address and the password do not match. Check both and try again.")
    return "do not match" if words in page else page


def test_nobody_signs_up(browser: Browser) -> None:
    for path in ("/tili/signup/", "/signup/", "/accounts/signup/", "/tili/email/", "/admin/"):
        assert browser.get(path).status_code in {404, 302}
        if browser.get(path).status_code == 302:
            assert browser.get(path)["Location"].startswith("/kirjaudu/")


def test_a_deactivated_account_cannot_sign_in_and_only_the_right_password_is_told_why(
    browser: Browser, aino: User, password: str
) -> None:
    deactivate(aino)
    answer = sign_in(browser, aino.email, password)
    assert answer["Location"] == "/kirjaudu/"
    assert len(list(get_messages(answer.wsgi_request))) == 1
    assert signed_in_as(browser) is None
    assert not list(get_messages(sign_in(Browser(), aino.email, "wrong words here").wsgi_request))


def test_after_five_wrong_passwords_even_the_right_one_waits(
    browser: Browser, aino: User, password: str, clock: Clock
) -> None:
    for _ in range(5):
        sign_in(browser, aino.email, "wrong words here")
    answer = sign_in(browser, aino.email, password)
    assert signed_in_as(browser) is None
    assert re.search(r"\b5\b minuut|\b5 minutes", answer.content.decode())
    clock.shift(minutes=5, seconds=1)
    sign_in(browser, aino.email, password)
    assert signed_in_as(browser) == str(aino.pk)


def test_too_many_sign_ins_from_one_address_get_a_page_that_says_how_long_to_wait(browser: Browser, db: None) -> None:
    for _ in range(30):
        sign_in(browser, "", "")
    answer = sign_in(browser, "", "")
    assert answer.status_code == 429
    assert "429.html" in [t.name for t in answer.templates]


def test_signing_out_ends_the_session(browser: Browser, aino: User, password: str) -> None:
    sign_in(browser, aino.email, password)
    assert browser.post("/kirjaudu-ulos/")["Location"] == "/kirjaudu/"
    assert browser.get("/tili/").status_code == 302


def test_a_short_password_is_refused_with_its_length(browser: Browser, aino: User, password: str) -> None:
    sign_in(browser, aino.email, password)
    form = {"oldpassword": password, "password1": "lyhyt salasana", "password2": "lyhyt salasana"}
    page = browser.post("/tili/salasana/", form).content.decode()
    assert "15" in page
    aino.refresh_from_db()
    assert aino.check_password(password)


def test_changing_the_password_ends_the_other_sessions(browser: Browser, aino: User, password: str) -> None:
    other = Browser()
    sign_in(browser, aino.email, password)
    sign_in(other, aino.email, password)
    new = "matala koivu lammen rannalla"
    answer = browser.post("/tili/salasana/", {"oldpassword": password, "password1": new, "password2": new})
    assert answer["Location"] == "/tili/"
    assert browser.get("/tili/").status_code == 200
    assert other.get("/tili/").status_code == 302


def test_passwords_are_stored_with_argon2() -> None:
    from django.conf import settings

    from osallistava import settings as real

    assert real.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert settings.AUTH_PASSWORD_VALIDATORS[0] == {
        "NAME": "accounts.password_rules.LongEnough",
        "OPTIONS": {"min_length": 15},
    }


def test_pages_are_in_the_language_that_the_person_has_chosen(browser: Browser, aino: User, password: str) -> None:
    sign_in(browser, aino.email, password)
    assert browser.get("/tili/")["Content-Language"] == "fi"
    browser.post("/kieli/", {"language": "sv", "next": "/tili/"})
    aino.refresh_from_db()
    assert aino.language == "sv"
    assert browser.get("/tili/")["Content-Language"] == "sv"

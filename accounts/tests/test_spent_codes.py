"""A code that was accepted once is spent, whatever it was for and whatever happens to the cache."""

import datetime
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client as Browser
from pytest_django.fixtures import Settings

from accounts.models import SecurityEvent, User
from testing.clock import NOW, Clock

ACTIVATE = "/tili/kaksivaiheinen/kayttoon/"
HALF_A_MINUTE = datetime.timedelta(seconds=30)


def code_of(secret: str, at: datetime.datetime = NOW) -> str:
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30)))


@pytest.fixture
def secret(aino: User) -> str:
    secret: str = generate_totp_secret()
    TOTP.activate(aino, secret)
    return secret


@pytest.fixture
def by_password(settings: Settings, aino: User, password: str) -> Callable[[], Browser]:
    settings.SECOND_FACTOR_REQUIRED = True

    def begin() -> Browser:
        browser = Browser()
        browser.post("/kirjaudu/", {"login": aino.email, "password": password})
        return browser

    return begin


def sign_in(browser: Browser, code: str) -> bool:
    browser.post("/kirjaudu/koodi/", {"code": code})
    return "_auth_user_id" in browser.session


def confirm(browser: Browser, code: str) -> bool:
    return browser.post("/tili/vahvista/koodi/?next=/tili/", {"code": code}).status_code == 302


def on_the_page(browser: Browser, aino: User, password: str, owner: str, code: str) -> bool:
    form = {"owner": owner, "email": aino.email, "password": password, "code": code}
    return bool(browser.post("/istunto/kirjaudu/", form).json()["ok"])


def test_of_signing_in_it_does_not_confirm_nor_sign_in_again(by_password: Callable[[], Browser], secret: str) -> None:
    browser = by_password()
    assert sign_in(browser, code_of(secret))
    cache.clear()
    assert not confirm(browser, code_of(secret))
    cache.clear()
    assert not sign_in(by_password(), code_of(secret))


def test_of_confirming_it_does_not_sign_in(by_password: Callable[[], Browser], secret: str, clock: Clock) -> None:
    browser = by_password()
    sign_in(browser, code_of(secret))
    later = NOW + 2 * HALF_A_MINUTE
    clock.move_to(later)
    assert confirm(browser, code_of(secret, later))
    cache.clear()
    assert not sign_in(by_password(), code_of(secret, later))


def test_of_taking_the_app_into_use_it_does_not_sign_in(committed_db: None, by_password: Callable[[], Browser]) -> None:
    browser = by_password()
    secret = browser.get(ACTIVATE).context["form"].secret
    browser.post(ACTIVATE, {"code": code_of(secret)})
    cache.clear()
    assert not sign_in(by_password(), code_of(secret))


def test_of_signing_in_on_the_page_it_does_not_sign_in_elsewhere(
    by_password: Callable[[], Browser], secret: str, aino: User, password: str, clock: Clock
) -> None:
    browser = by_password()
    sign_in(browser, code_of(secret))
    owner = browser.get("/tili/").context["session_owner"]
    clock.shift(minutes=31)
    later = NOW + datetime.timedelta(minutes=31)
    assert on_the_page(browser, aino, password, owner, code_of(secret, later))
    cache.clear()
    assert not sign_in(by_password(), code_of(secret, later))


def test_an_earlier_code_is_spent_with_a_later_one(by_password: Callable[[], Browser], secret: str) -> None:
    assert sign_in(by_password(), code_of(secret, NOW + HALF_A_MINUTE)), "a phone's clock may be half a minute ahead"
    assert not sign_in(by_password(), code_of(secret, NOW))
    assert not sign_in(by_password(), code_of(secret, NOW - HALF_A_MINUTE))


def test_the_next_code_works(by_password: Callable[[], Browser], secret: str, clock: Clock) -> None:
    assert sign_in(by_password(), code_of(secret))
    clock.move_to(NOW + HALF_A_MINUTE)
    assert sign_in(by_password(), code_of(secret, NOW + HALF_A_MINUTE))


def test_a_refused_code_is_in_the_log(by_password: Callable[[], Browser], secret: str, aino: User) -> None:
    sign_in(by_password(), "000000")
    event = SecurityEvent.objects.get(kind="code_refused")
    assert event.person == aino

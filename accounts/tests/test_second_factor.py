import base64
import datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client as Browser
from pytest_django.fixtures import Settings

from accounts.models import User
from accounts.people import remove_second_factor
from testing.clock import NOW, Clock

MINUTE = datetime.timedelta(minutes=1)
ACTIVATE = "/tili/kaksivaiheinen/kayttoon/"


@pytest.fixture
def browser(settings: Settings, browser: Browser, aino: User, password: str) -> Browser:
    """Aino has signed in with her password where a second factor is required."""
    settings.SECOND_FACTOR_REQUIRED = True
    browser.post("/kirjaudu/", {"login": aino.email, "password": password})
    return browser


@pytest.fixture
def secret(aino: User) -> str:
    """Aino has an authenticator app."""
    from allauth.mfa.totp.internal.auth import generate_totp_secret

    secret: str = generate_totp_secret()
    TOTP.activate(aino, secret)
    return secret


def code_of(secret: str, at: datetime.datetime = NOW) -> str:
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30)))


@pytest.mark.parametrize("path", ["/", "/tili/", "/tili/istunnot/", "/297/", "/asennus/", "/tili/varakoodit/"])
def test_without_it_one_is_led_to_take_it_into_use(browser: Browser, path: str) -> None:
    assert browser.get(path)["Location"] == ACTIVATE


def test_without_it_one_may_sign_out_and_change_the_language(browser: Browser) -> None:
    assert browser.post("/kieli/", {"language": "sv", "next": "/"}).status_code == 302
    assert browser.get("/tietoa/").status_code == 200
    assert browser.post("/kirjaudu-ulos/")["Location"] == "/kirjaudu/"


def test_a_script_of_a_page_is_refused_without_it(browser: Browser) -> None:
    assert browser.get("/tili/", headers={"Accept": "application/json"}).status_code == 403


def test_it_is_taken_into_use_with_a_code_of_the_app(
    committed_db: None, browser: Browser, aino: User, password: str
) -> None:
    secret = browser.get(ACTIVATE).context["form"].secret
    assert browser.post(ACTIVATE, {"code": "000000"}).status_code == 200
    answer = browser.post(ACTIVATE, {"code": code_of(secret)})
    assert answer["Location"] == "/tili/varakoodit/"
    assert len(browser.get("/tili/varakoodit/").context["unused_codes"]) == 10
    assert browser.get("/tili/").status_code == 200


def test_some_time_after_signing_in_it_is_first_asked_who_one_is(
    clock: Clock, aino: User, password: str, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    browser = Browser()
    browser.post("/kirjaudu/", {"login": aino.email, "password": password})
    assert browser.get(ACTIVATE).status_code == 200
    clock.shift(seconds=301)
    assert browser.get(ACTIVATE)["Location"].startswith("/tili/vahvista/")
    browser.post("/tili/vahvista/", {"password": "wrong words here"})
    assert browser.get(ACTIVATE).status_code == 302
    browser.post("/tili/vahvista/", {"password": password})
    assert browser.get(ACTIVATE).status_code == 200


def test_sessions_opened_without_it_end_when_it_is_taken_into_use(
    committed_db: None, browser: Browser, aino: User, password: str
) -> None:
    other = Browser()
    other.post("/kirjaudu/", {"login": aino.email, "password": password})
    secret = browser.get(ACTIVATE).context["form"].secret
    browser.post(ACTIVATE, {"code": code_of(secret)})
    assert browser.get("/tili/").status_code == 200
    assert other.get("/tili/")["Location"].startswith("/kirjaudu/")


class TestSigningIn:
    @pytest.fixture
    def browser(self, secret: str, browser: Browser) -> Browser:
        return browser

    def test_the_password_alone_does_not_sign_in(self, browser: Browser) -> None:
        assert browser.get("/tili/")["Location"].startswith("/kirjaudu/")
        assert browser.get("/kirjaudu/")["Location"] == "/kirjaudu/koodi/"

    def test_the_code_of_the_app_signs_in_once(self, browser: Browser, secret: str, aino: User, password: str) -> None:
        code = code_of(secret)
        assert browser.post("/kirjaudu/koodi/", {"code": code})["Location"] == "/"
        assert browser.get("/tili/").status_code == 200
        second = Browser()
        second.post("/kirjaudu/", {"login": aino.email, "password": password})
        assert second.post("/kirjaudu/koodi/", {"code": code}).status_code == 200, "the same code does not work again"

    def test_a_wrong_code_is_refused(self, browser: Browser) -> None:
        assert browser.post("/kirjaudu/koodi/", {"code": "000000"}).status_code == 200
        assert browser.get("/tili/").status_code == 302

    @pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}])
    def test_a_secret_that_does_not_open_is_told_in_words(
        self, browser: Browser, settings: Settings, headers: dict[str, str]
    ) -> None:
        """With another key, or when somebody else's secret was put into the row."""
        settings.FIELD_KEYS = f"1:{base64.b64encode(b'another key, of thirty-two bytes').decode()}"
        browser.raise_request_exception = False
        answer = browser.post("/kirjaudu/koodi/", {"code": "123456"}, headers=headers)
        assert answer.status_code == 503
        words = answer.json()["error"] if headers else answer.content.decode()
        assert "ei voi lukea" in words

    def test_guessing_codes_is_limited(self, browser: Browser, secret: str) -> None:
        for _ in range(5):
            browser.post("/kirjaudu/koodi/", {"code": "000000"})
        assert browser.post("/kirjaudu/koodi/", {"code": code_of(secret)}).status_code == 200
        assert browser.get("/tili/").status_code == 302

    def test_a_recovery_code_signs_in_once(self, browser: Browser, aino: User, password: str) -> None:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        code = RecoveryCodes.activate(aino).generate_codes()[0]
        assert browser.post("/kirjaudu/koodi/", {"code": code})["Location"] == "/"
        second = Browser()
        second.post("/kirjaudu/", {"login": aino.email, "password": password})
        assert second.post("/kirjaudu/koodi/", {"code": code}).status_code == 200

    def test_after_a_reset_the_password_leads_to_a_new_app(self, browser: Browser, aino: User, password: str) -> None:
        remove_second_factor(aino)
        assert browser.get("/kirjaudu/koodi/")["Location"] == "/kirjaudu/"
        assert browser.get("/kirjaudu/").status_code == 200, "one who waited at the code begins anew"
        browser.post("/kirjaudu/", {"login": aino.email, "password": password})
        assert browser.get("/")["Location"] == ACTIVATE

    def test_on_the_page_the_code_is_asked_after_the_password(
        self, browser: Browser, secret: str, aino: User, password: str, clock: Clock
    ) -> None:
        browser.post("/kirjaudu/", {"login": aino.email, "password": password})
        browser.post("/kirjaudu/koodi/", {"code": code_of(secret)})
        owner = browser.get("/tili/").context["session_owner"]
        clock.shift(minutes=31)
        form = {"owner": owner, "email": aino.email, "password": password}
        answer = browser.post("/istunto/kirjaudu/", form).json()
        assert (answer["ok"], answer["code_needed"]) == (False, True)
        assert browser.post("/istunto/kirjaudu/", form | {"code": "000000"}).json()["code_needed"]
        assert browser.get("/tili/").status_code == 302
        assert browser.post("/istunto/kirjaudu/", form | {"code": code_of(secret, NOW + 31 * MINUTE)}).json()["ok"]
        assert browser.get("/tili/").status_code == 200


def test_secrets_are_stored_encrypted(aino: User, secret: str) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    codes = RecoveryCodes.activate(aino)
    assert codes.generate_codes() == codes.generate_codes()
    for row in Authenticator.objects.all():
        assert secret not in str(row.data)
        assert len(row.data.get("seed", "")) != 80

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from accounts.links.verbs import make_link
from accounts.models import OneTimeLink, User
from accounts.people import deactivate, end_sessions
from municipalities.models import Municipality
from testing.clock import NOW, Clock
from testing.people import SignIn

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def clock(clock: Clock) -> Callable[[float], None]:
    """It is so many minutes since signing in."""
    return lambda minutes: clock.move_to(NOW + minutes * MINUTE)


@pytest.fixture
def browser(clock: Callable[[float], None], browser: Browser, aino: User, password: str) -> Browser:
    browser.post("/kirjaudu/", {"login": aino.email, "password": password})
    return browser


def is_open(browser: Browser) -> bool:
    return browser.get("/tili/").status_code == 200


def test_use_keeps_a_session_open(browser: Browser, clock: Callable[[float], None]) -> None:
    for minutes in (29, 58, 87):
        clock(minutes)
        assert is_open(browser)


def test_a_session_ends_after_thirty_minutes_without_use(browser: Browser, clock: Callable[[float], None]) -> None:
    clock(29.9)
    assert is_open(browser)
    clock(29.9 + 30)
    answer = browser.get("/tili/")
    assert answer["Location"] == "/kirjaudu/?next=/tili/"
    clock(30)
    assert not is_open(browser), "an ended session stays ended"


def test_a_session_ends_ten_hours_after_signing_in_however_it_is_used(
    browser: Browser, clock: Callable[[float], None]
) -> None:
    for minutes in range(0, 600, 20):
        clock(minutes)
        assert is_open(browser)
    clock(600)
    assert not is_open(browser)


def test_asking_how_long_is_left_does_not_prolong(browser: Browser, clock: Callable[[float], None]) -> None:
    clock(20)
    assert browser.get("/istunto/").json() == {"authenticated": True, "seconds_left": 600}
    clock(29)
    assert browser.get("/istunto/").json() == {"authenticated": True, "seconds_left": 60}
    clock(31)
    assert browser.get("/istunto/").json() == {"authenticated": False, "seconds_left": 0}


def test_extending_prolongs_but_not_over_ten_hours(browser: Browser, clock: Callable[[float], None]) -> None:
    clock(25)
    assert browser.post("/istunto/jatka/").json() == {"authenticated": True, "seconds_left": 1800}
    for minutes in range(45, 590, 20):
        clock(minutes)
        browser.post("/istunto/jatka/")
    clock(590)
    assert browser.post("/istunto/jatka/").json() == {"authenticated": True, "seconds_left": 600}


@pytest.mark.parametrize(
    "headers", [{"Accept": "application/json"}, {"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}]
)
def test_a_script_is_told_that_the_session_is_over(
    browser: Browser, clock: Callable[[float], None], headers: dict[str, str]
) -> None:
    clock(31)
    answer = browser.get("/tili/", headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"authenticated": False, "seconds_left": 0}


def test_after_a_form_one_comes_back_to_its_page(browser: Browser, clock: Callable[[float], None]) -> None:
    clock(31)
    answer = browser.post("/tili/istunnot/", headers={"Referer": "http://testserver/tili/istunnot/?x=1"})
    assert answer["Location"] == "/kirjaudu/?next=/tili/istunnot/%3Fx%3D1"
    page = browser.get(answer["Location"]).content.decode()
    assert "note-soon" in page, "the sign-in page says that the session has ended"


def test_a_foreign_page_is_not_come_back_to(browser: Browser, clock: Callable[[float], None]) -> None:
    clock(31)
    answer = browser.post("/tili/istunnot/", headers={"Referer": "https://evil.example/"})
    assert answer["Location"] == "/kirjaudu/?next=/"


@pytest.mark.parametrize("end", [deactivate, end_sessions])
def test_all_sessions_end_at_once(browser: Browser, aino: User, password: str, end: Callable[[User], None]) -> None:
    other = Browser()
    other.post("/kirjaudu/", {"login": aino.email, "password": password})
    end(aino)
    assert not is_open(browser)
    assert not is_open(other)


def test_own_sessions_are_listed_and_can_be_ended_one_by_one(browser: Browser, aino: User, password: str) -> None:
    other = Browser(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/63.0"})
    other.post("/kirjaudu/", {"login": aino.email, "password": password})
    rows = browser.get("/tili/istunnot/").context["open_sessions"]
    assert [(row.is_this, row.browser) for row in rows][1] == (False, "Firefox, Windows")
    assert rows[0].is_this
    browser.post("/tili/istunnot/", {"end": rows[1].pk})
    assert is_open(browser)
    assert not is_open(other)


def test_all_other_sessions_can_be_ended(browser: Browser, aino: User, password: str) -> None:
    others = [Browser(), Browser()]
    for other in others:
        other.post("/kirjaudu/", {"login": aino.email, "password": password})
    browser.post("/tili/istunnot/", {"end": "others"})
    assert is_open(browser)
    assert not any(is_open(other) for other in others)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 25, "9" * 5000])
def test_what_is_no_session_is_not_found(browser: Browser, number: str) -> None:
    assert browser.post("/tili/istunnot/", {"end": number}).status_code == 404


def test_nobody_ends_the_session_of_another(
    browser: Browser, olli: User, signed_in: SignIn, kuopio: Municipality, client: Browser
) -> None:
    own = UserSession.objects.get()
    stranger = signed_in(olli)
    assert stranger.post("/tili/istunnot/", {"end": own.pk}).status_code == 404
    assert is_open(browser)


class TestSigningInAgainOnThePage:
    @pytest.fixture
    def owner(self, browser: Browser, clock: Callable[[float], None]) -> str:
        """The mark of the page that Aino left open until her session was over."""
        mark: str = browser.get("/tili/").context["session_owner"]
        clock(31)
        assert not is_open(browser)
        return mark

    def ask(self, browser: Browser, owner: str, email: str = "aino@kuopio.example", **more: str) -> Any:
        return browser.post("/istunto/kirjaudu/", {"owner": owner, "email": email, **more}).json()

    def test_the_same_person_goes_on(self, browser: Browser, owner: str, password: str) -> None:
        answer = self.ask(browser, owner, password=password)
        assert (answer["ok"], answer["error"]) == (True, "")
        assert answer["csrf"]
        assert is_open(browser)

    def test_a_wrong_password_is_told(self, browser: Browser, owner: str) -> None:
        answer = self.ask(browser, owner, password="wrong words here")
        assert not answer["ok"]
        assert answer["error"]
        assert not is_open(browser)

    def test_another_person_is_refused(self, browser: Browser, owner: str, password: str, olli: User) -> None:
        olli.set_password(password)
        olli.save()
        answer = self.ask(browser, owner, email=olli.email, password=password)
        assert not answer["ok"]
        assert not is_open(browser)

    def test_nobody_goes_on_where_another_has_signed_in_meanwhile(
        self, browser: Browser, owner: str, password: str, olli: User
    ) -> None:
        browser.force_login(olli)
        assert not self.ask(browser, owner, password=password)["ok"]

    def test_the_mark_of_the_page_cannot_be_made_up(self, browser: Browser, owner: str, password: str) -> None:
        assert not self.ask(browser, owner + "x", password=password)["ok"]
        assert not is_open(browser)

    def test_an_account_out_of_use_is_refused(self, browser: Browser, owner: str, password: str, aino: User) -> None:
        deactivate(aino)
        assert not self.ask(browser, owner, password=password)["ok"]
        assert not is_open(browser)

    def test_guessing_is_limited(self, browser: Browser, owner: str, password: str) -> None:
        for _ in range(5):
            self.ask(browser, owner, password="wrong words here")
        assert not self.ask(browser, owner, password=password)["ok"]


class TestWhatTheDatabaseHolds:
    """Whoever reads it as the application's role cannot sign in with what is there."""

    def keys(self) -> set[str]:
        return {
            *Session.objects.values_list("pk", flat=True),
            *UserSession.objects.values_list("session_key", flat=True),
        }

    def test_a_key_of_the_database_opens_no_session(self, browser: Browser) -> None:
        assert is_open(browser)
        [key] = self.keys()
        assert key != browser.cookies["sessionid"].value
        thief = Browser()
        thief.cookies["sessionid"] = key
        assert not is_open(thief)
        assert is_open(browser)

    def test_signing_in_gives_another_secret_and_another_key(self, aino: User, password: str) -> None:
        browser = Browser()
        browser.get("/kirjaudu/")
        browser.session["anything"] = 1
        before = browser.cookies["sessionid"].value
        browser.post("/kirjaudu/", {"login": aino.email, "password": password})
        assert browser.cookies["sessionid"].value != before
        assert not {browser.cookies["sessionid"].value, before} & self.keys()

    def test_the_secret_is_nowhere_in_a_session_s_row(self, browser: Browser) -> None:
        secret = browser.cookies["sessionid"].value
        assert all(secret not in str(row.get_decoded()) for row in Session.objects.all())

    def test_an_opened_link_leaves_no_token(self, aino: User) -> None:
        token = make_link(aino, OneTimeLink.Purpose.INVITATION)
        browser = Browser()
        assert browser.get(f"/linkki/{token}/", follow=True).status_code == 200
        rows = [row.get_decoded() for row in Session.objects.all()]
        assert rows
        assert token not in str(rows)

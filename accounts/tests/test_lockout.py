"""Five wrong guesses shut one address from one network, longer each time, and the person is told."""

from typing import Any

import pytest
from allauth.mfa.base.internal import flows
from celery import current_app
from django.core import mail
from django.test import Client as Browser
from django.test import RequestFactory

from accounts import lockout
from accounts.forms import AuthenticateForm
from accounts.lockout import Door, network
from accounts.models import SecurityEvent, User
from testing.clock import Clock

WRONG = "wrong words here"
THERE = "198.51.100.7"
"""An attacker's network, far from where Aino works."""


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> None:
    from accounts import tasks

    monkeypatch.setattr(current_app, "send_task", lambda _name, args: tasks.send_notice(*args))


def guess(browser: Browser, email: str, password: str = WRONG, ip: str = THERE) -> Any:
    return browser.post("/kirjaudu/", {"login": email, "password": password}, REMOTE_ADDR=ip)


def is_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


def lock(browser: Browser, email: str, ip: str = THERE) -> None:
    for _ in range(5):
        guess(browser, email, ip=ip)


def test_the_person_still_signs_in_from_elsewhere(browser: Browser, aino: User, password: str) -> None:
    lock(Browser(), aino.email)
    guess(browser, aino.email, password, ip="203.0.113.5")
    assert is_in(browser)


def test_the_neighbours_of_the_guesser_are_shut_out_of_this_address_only(
    browser: Browser, aino: User, eetu: User, password: str
) -> None:
    eetu.set_password(password)
    eetu.save()
    lock(Browser(), aino.email)
    guess(browser, aino.email, password, ip="198.51.100.200")
    assert not is_in(browser)
    guess(browser, eetu.email, password, ip="198.51.100.200")
    assert is_in(browser)


@pytest.mark.parametrize(
    ("ip", "wanted"),
    [("198.51.100.7", "198.51.100.0/24"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64")],
)
def test_a_network_is_what_one_person_comes_from_by_turns(ip: str, wanted: str) -> None:
    assert network(ip) == wanted


def test_it_takes_longer_each_time_and_begins_anew_after_a_success(
    browser: Browser, aino: User, password: str, clock: Clock
) -> None:
    for minutes in (5, 15, 60, 240):
        lock(browser, aino.email)
        clock.shift(minutes=minutes, seconds=-1)
        guess(browser, aino.email, password)
        assert not is_in(browser), minutes
        clock.shift(seconds=2)
    guess(browser, aino.email, password)
    assert is_in(browser)
    other = Browser()
    lock(other, aino.email)
    clock.shift(minutes=5, seconds=1)
    guess(other, aino.email, password)
    assert is_in(other)


def test_the_person_is_told_without_anything_personal(
    browser: Browser, aino: User, mails: None, django_capture_on_commit_callbacks: Any
) -> None:
    aino.language = "sv"
    aino.save()
    with django_capture_on_commit_callbacks(execute=True):
        lock(browser, aino.email)
    (message,) = mail.outbox
    assert message.to == [aino.email]
    assert "Inloggningen stoppades" in message.body
    for text in ("Aino", "Demolainen", aino.email, THERE):
        assert text not in f"{message.subject} {message.body}"


def test_an_unknown_address_is_shut_too_and_nobody_is_told(
    browser: Browser, db: None, mails: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        lock(browser, "nobody@kuopio.example")
    answer = guess(browser, "nobody@kuopio.example")
    assert "5 minuut" in answer.content.decode() or "5 minutes" in answer.content.decode()
    assert not mail.outbox


def test_the_log_tells_of_failures_and_of_the_shut_door_without_what_was_typed(browser: Browser, aino: User) -> None:
    lock(browser, aino.email)
    guess(Browser(), "salasana.kentassa@kuusi.example")
    kinds = list(SecurityEvent.objects.order_by("pk").values_list("kind", "person", "network_address"))
    assert kinds == [("sign_in_failed", aino.pk, THERE)] * 5 + [
        ("locked_out", aino.pk, THERE),
        ("sign_in_failed", None, THERE),
    ]
    assert "kuusi" not in str(list(SecurityEvent.objects.values_list("facts")))


def spend_the_limit_of_the_network(browser: Browser) -> None:
    """The library's own limit: ten wrong ones in a minute from one address of the network."""
    for number in range(12):
        guess(browser, f"somebody{number}@kuopio.example")


def test_what_another_limit_refuses_is_no_guess(browser: Browser, aino: User, password: str, clock: Clock) -> None:
    spend_the_limit_of_the_network(browser)
    for _ in range(7):
        assert "Liian monta yritystä. Odota 1 minuutti" in guess(browser, aino.email, password).content.decode()
    clock.shift(seconds=62)
    guess(browser, aino.email, password)
    assert is_in(browser)
    assert not SecurityEvent.objects.filter(kind="locked_out").exists()


def test_a_code_that_another_limit_refuses_is_no_guess(aino: User, browser: Browser, monkeypatch: Any) -> None:
    at = Door("code")
    monkeypatch.setattr(lockout, "door", lambda *_: at)
    monkeypatch.setattr(flows.ratelimit, "consume", lambda *_args, **_more: None)
    for _ in range(7):
        form = AuthenticateForm({"code": "123456"}, user=aino)
        assert not form.is_valid()
    assert lockout.minutes_left(at) == 0
    assert lockout.begin(at)


def test_guesses_that_never_came_to_an_end_shut_the_door_for_a_while_and_it_is_told(
    browser: Browser, aino: User, password: str, clock: Clock, mails: None, django_capture_on_commit_callbacks: Any
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=THERE)
    at = lockout.door(request, f"password {aino.email}")
    for _ in range(5):
        assert lockout.begin(at)
    with django_capture_on_commit_callbacks(execute=True):
        answer = guess(browser, aino.email, password)
    assert "5 minuuttia" in answer.content.decode()
    assert lockout.minutes_left(at) == 5
    assert SecurityEvent.objects.get(kind="locked_out").person == aino
    assert [message.to for message in mail.outbox] == [[aino.email]]
    clock.shift(minutes=5, seconds=1)
    guess(browser, aino.email, password)
    assert is_in(browser)


def test_the_door_is_shut_once_by_many_at_the_same_moment(db: None) -> None:
    at = Door("at-once")
    assert [lockout.shut(at), lockout.shut(at)] == [5, 0]

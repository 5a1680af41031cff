"""Cookies, signing out, links of strangers, and where links lead."""

import pytest
from celery import current_app
from django.core import mail
from django.test import Client as Browser
from pytest_django.fixtures import Settings

from accounts.links.verbs import Purpose, make_link
from accounts.models import User
from testing.clock import Clock
from testing.people import SignIn


def test_signing_out_clears_what_the_browser_keeps(signed_in: SignIn, aino: User) -> None:
    browser = signed_in(aino)
    assert "Clear-Site-Data" not in browser.get("/kirjaudu-ulos/"), "it is only asked"
    assert browser.post("/kirjaudu-ulos/")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("purpose", list(Purpose))
def test_opening_a_strangers_link_signs_nobody_out(signed_in: SignIn, aino: User, eetu: User, purpose: Purpose) -> None:
    browser = signed_in(aino)
    browser.get(f"/linkki/{make_link(eetu, purpose)}/", follow=True)
    assert browser.get("/tili/").status_code == 200
    assert browser.session["_auth_user_id"] == str(aino.pk)


def test_whoever_is_signed_in_is_told_before_a_link_is_taken(signed_in: SignIn, aino: User, eetu: User) -> None:
    browser = signed_in(aino)
    browser.get(f"/linkki/{make_link(eetu)}/")
    assert "Aino Demolainen" in browser.get("/linkki/").content.decode()
    words = "korkea kuusi metsän reunassa"
    browser.post("/linkki/", {"name": "Eetu", "language": "fi", "password1": words, "password2": words})
    assert browser.session["_auth_user_id"] == str(eetu.pk)


def test_somebody_without_a_second_factor_may_still_take_a_link(
    signed_in: SignIn, aino: User, eetu: User, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    browser = signed_in(aino)
    assert browser.get(f"/linkki/{make_link(eetu)}/")["Location"] == "/linkki/"
    assert browser.get("/linkki/").status_code == 200


def test_a_link_leads_to_the_service_whatever_host_the_request_names(
    aino: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from accounts import tasks

    monkeypatch.setattr(current_app, "send_task", lambda _name, args: tasks.send_forgotten_link(*args))
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_URL = "https://osallistava.example"
    Browser().post("/salasana/", {"email": aino.email}, headers={"Host": "evil.example"})
    assert "https://osallistava.example/linkki/" in mail.outbox[0].body
    assert "evil.example" not in mail.outbox[0].body


def test_a_session_that_ran_out_clears_what_the_browser_keeps_too(signed_in: SignIn, aino: User, clock: Clock) -> None:
    browser = signed_in(aino)
    assert not browser.get("/tili/").has_header("Clear-Site-Data")
    clock.shift(minutes=31)
    assert browser.get("/tili/")["Clear-Site-Data"] == '"cache", "storage"'
    assert not browser.get("/kirjaudu/").has_header("Clear-Site-Data")


def test_the_page_that_asks_by_itself_keeps_what_it_has(signed_in: SignIn, aino: User, clock: Clock) -> None:
    browser = signed_in(aino)
    clock.shift(minutes=31)
    answer = browser.get("/tili/", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert not answer.has_header("Clear-Site-Data")


def test_the_words_for_the_next_page_are_in_a_cookie_of_the_set_name(
    browser: Browser, settings: Settings, signed_in: SignIn, aino: User
) -> None:
    settings.MESSAGE_COOKIE_NAME = "__Host-messages"
    answer = signed_in(aino).post("/kirjaudu-ulos/")
    assert "__Host-messages" in answer.cookies
    assert answer.cookies["__Host-messages"]["path"] == "/"
    assert not answer.cookies["__Host-messages"]["domain"]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\u2028", "\x0b"])
def test_a_name_is_one_line(signed_in: SignIn, aino: User, line_break: str) -> None:
    data = {"name": f"Aino{line_break}Demolainen", "title": f"sos{line_break}työ", "language": "fi"}
    signed_in(aino).post("/tili/", data)
    aino.refresh_from_db()
    assert (aino.name, aino.title) == ("Aino Demolainen", "sos työ")

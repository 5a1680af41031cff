import datetime
import logging

import pytest
from celery import current_app
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from pytest_django.fixtures import Settings

from accounts.links.verbs import make_link
from accounts.models import OneTimeLink, User
from accounts.people import deactivate
from testing.clock import NOW, Clock

WORDS = "korkea kuusi metsän reunassa"
TAKE = {"name": "Uusi Demolainen", "language": "sv", "password1": WORDS, "password2": WORDS}


@pytest.fixture
def person(db: None) -> User:
    """Somebody who has been invited and has not signed in."""
    return User.objects.create_user("uusi@kuopio.example", name="Uusi")


def test_a_link_sets_the_password_and_signs_in(browser: Browser, person: User) -> None:
    assert browser.get(f"/linkki/{make_link(person)}/")["Location"] == "/linkki/", "the token leaves the address"
    assert browser.post("/linkki/", TAKE)["Location"] == "/"
    person.refresh_from_db()
    assert (person.name, person.language, person.check_password(WORDS)) == ("Uusi Demolainen", "sv", True)
    assert browser.get("/tili/").status_code == 200


def test_opening_a_link_does_not_use_it_up(person: User) -> None:
    token = make_link(person)
    for _ in range(3):
        assert Browser().get(f"/linkki/{token}/").status_code == 302


def test_a_link_works_once(browser: Browser, person: User) -> None:
    token = make_link(person)
    second = Browser()
    second.get(f"/linkki/{token}/")
    browser.get(f"/linkki/{token}/")
    browser.post("/linkki/", TAKE)
    assert Browser().get(f"/linkki/{token}/").status_code == 410
    assert second.post("/linkki/", TAKE | {"password1": "toinen salasana nyt", "password2": "x"}).status_code == 410


def test_a_new_link_replaces_the_former(person: User) -> None:
    former, latter = make_link(person), make_link(person)
    assert Browser().get(f"/linkki/{former}/").status_code == 410
    assert Browser().get(f"/linkki/{latter}/").status_code == 302


@pytest.mark.parametrize(
    ("purpose", "life"), [("invitation", datetime.timedelta(days=7)), ("forgotten", datetime.timedelta(hours=2))]
)
def test_a_link_runs_out(person: User, clock: Clock, purpose: str, life: datetime.timedelta) -> None:
    token = make_link(person, OneTimeLink.Purpose(purpose))
    clock.move_to(NOW + life - datetime.timedelta(seconds=1))
    assert Browser().get(f"/linkki/{token}/").status_code == 302
    clock.move_to(NOW + life)
    assert Browser().get(f"/linkki/{token}/").status_code == 410


def test_a_link_dies_with_the_account(person: User) -> None:
    token = make_link(person)
    deactivate(person)
    assert Browser().get(f"/linkki/{token}/").status_code == 410


def test_a_short_password_is_refused_and_the_link_stays(browser: Browser, person: User) -> None:
    browser.get(f"/linkki/{make_link(person)}/")
    answer = browser.post("/linkki/", TAKE | {"password1": "lyhyt", "password2": "lyhyt"})
    assert answer.status_code == 200
    assert "password1" in answer.context["form"].errors
    assert browser.post("/linkki/", TAKE)["Location"] == "/"


def test_a_short_password_is_refused_in_the_language_of_the_page(browser: Browser, person: User) -> None:
    browser.get(f"/linkki/{make_link(person)}/")
    page = browser.post("/linkki/", TAKE | {"password1": "lyhyt", "password2": "lyhyt"}, HTTP_ACCEPT_LANGUAGE="fi")
    assert "Salasana on liian lyhyt. Anna vähintään 15 merkkiä." in page.content.decode()


def test_the_link_itself_is_stored_nowhere(person: User) -> None:
    token = make_link(person)
    assert token not in str(OneTimeLink.objects.values_list())


def test_the_path_of_a_link_says_nothing_of_the_person(person: User) -> None:
    token = make_link(person)
    assert len(token) == 43
    assert str(person.pk) != token


def test_a_new_link_for_somebody_ends_the_open_sessions(browser: Browser, aino: User, password: str) -> None:
    browser.post("/kirjaudu/", {"login": aino.email, "password": password})
    other = Browser()
    other.get(f"/linkki/{make_link(aino)}/")
    other.post("/linkki/", {"password1": WORDS + " a", "password2": WORDS + " a"})
    assert browser.get("/tili/").status_code == 302
    aino.refresh_from_db()
    assert aino.name == "Aino Demolainen"


class TestForgottenPassword:
    @pytest.fixture(autouse=True)
    def tasks_run_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from accounts import tasks

        monkeypatch.setattr(current_app, "send_task", lambda _name, args: tasks.send_forgotten_link(*args))

    def test_a_link_is_sent_to_the_address(self, browser: Browser, aino: User) -> None:
        browser.post("/salasana/", {"email": "AINO@kuopio.example"})
        (message,) = mail.outbox
        assert message.to == [aino.email]
        link = next(line for line in message.body.splitlines() if line.startswith("http://testserver/linkki/"))
        assert browser.get(link.removeprefix("http://testserver"))["Location"] == "/linkki/"

    def test_the_message_says_nothing_personal(self, browser: Browser, aino: User) -> None:
        browser.post("/salasana/", {"email": aino.email})
        (message,) = mail.outbox
        for text in (message.subject, message.body):
            assert "Aino" not in text
            assert "Demolainen" not in text
            assert "aino@" not in text

    def test_an_unknown_address_gets_the_same_answer_and_no_message(self, browser: Browser, aino: User) -> None:
        known = browser.post("/salasana/", {"email": aino.email})
        mail.outbox.clear()
        unknown = Browser().post("/salasana/", {"email": "nobody@kuopio.example"})
        assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
        assert not mail.outbox

    def test_asking_is_limited(self, browser: Browser, aino: User) -> None:
        answers = [browser.post("/salasana/", {"email": aino.email}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]

    def test_without_e_mail_one_is_told_whom_to_ask(self, browser: Browser, aino: User, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        assert "email" not in browser.get("/salasana/").content.decode().split("<main")[1].split("<form")[0]
        browser.post("/salasana/", {"email": aino.email})
        assert not OneTimeLink.objects.exists()


def test_an_e_mail_that_fails_leaves_no_address_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    from smtplib import SMTPRecipientsRefused

    from accounts import mail as service

    def fail(*args: object, **kwargs: object) -> None:
        raise SMTPRecipientsRefused({"aino@kuopio.example": (550, b"no")})

    monkeypatch.setattr(service, "send_mail", fail)
    with caplog.at_level(logging.DEBUG):
        assert not service.send("aino@kuopio.example", "notice", "fi", {"what": "x"})
    assert "SMTPRecipientsRefused" in caplog.text
    assert "aino" not in caplog.text


def test_a_changed_password_is_told_by_e_mail_without_anything_personal(
    browser: Browser, aino: User, password: str
) -> None:
    browser.post("/kirjaudu/", {"login": aino.email, "password": password})
    browser.post("/tili/salasana/", {"oldpassword": password, "password1": WORDS + " a", "password2": WORDS + " a"})
    (message,) = mail.outbox
    assert "Aino" not in f"{message.subject} {message.body}"
    assert "127.0.0.1" not in message.body


class TestTheFirstInstallationAdmin:
    def test_is_made_by_a_command_that_prints_a_link(
        self, db: None, browser: Browser, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("create_installation_admin", "Iida@asennus.example", "Iida Asentaja")
        link = capsys.readouterr().out.strip()
        browser.get(link[link.index("/linkki/") :])
        browser.post("/linkki/", TAKE | {"name": "Iida Asentaja"})
        assert browser.get("/")["Location"] == "/asennus/"
        assert User.objects.get().is_installation_admin

    def test_an_existing_one_gets_a_new_link(self, iida: User, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("create_installation_admin", iida.email, "Iida")
        assert "/linkki/" in capsys.readouterr().out
        assert User.objects.get() == iida

    def test_needs_an_address(self, db: None) -> None:
        with pytest.raises(CommandError):
            call_command("create_installation_admin", "Iida", "Iida")

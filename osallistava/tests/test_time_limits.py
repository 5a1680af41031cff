"""A page that takes too long, or waits too long for a lock, is ended with words: nothing is stored, no text is lost."""

import html
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import psycopg
import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client as Browser

from accounts.models import User
from cases.models import Client, Contact
from core.outages import outage_of
from core.row_security import scope
from core.time_limits import allow_statements, limit_statements
from etotu.locks import APPLYING
from etotu.models import RoutingRule
from etotu.repair import release
from municipalities.models import Municipality, Unit
from osallistava.tests.conftest import ROOT
from testing.browser import enter
from testing.factories import make_client, make_matter
from testing.people import SignIn
from testing.worker import environment

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

SLOW = "Tämä kesti liian kauan"
LOCKED = "Samoja tietoja tallennetaan juuri nyt"
GONE = "Palvelu ei ole nyt käytettävissä"
NOTHING = "Mitään ei tallennettu"
ONCE = "7b7c5a7e-3f0e-4a35-9a50-0c8c1b6c7f11"
ADDRESS = {"host", "port", "user", "password", "dbname"}
WRITTEN = 'Sanoi: "soitan <ensi> viikolla"\r\nja lähti.'


@pytest.fixture
def limits(committed_db: None, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Generator[None, None, None]:
    """Those of the web process, shorter than a test's patience."""
    settings.DATABASE_STATEMENT_TIMEOUT, settings.DATABASE_LOCK_TIMEOUT = 0.6, 0.3
    with monkeypatch.context() as patch:
        patch.setitem(connections.settings["default"], "OPTIONS", {**connections.settings["default"]["OPTIONS"]})
        limit_statements()
        connection.close()
        yield
    connection.close()


@pytest.fixture
def person(limits: None, kuopio: Municipality, aino: User) -> Client:
    with scope([297]):
        client = make_client(kuopio)
        make_matter(client)
    return client


@pytest.fixture
def browser(limits: None, aino: User, signed_in: SignIn) -> Browser:
    browser = signed_in(aino)
    browser.raise_request_exception = False
    return browser


@contextmanager
def somebody_holds(statement: str, *values: Any) -> Iterator[Callable[[], None]]:
    """Another connection, in the middle of its transaction; gives what ends it before the block does."""
    wanted = {name: value for name, value in connection.get_connection_params().items() if name in ADDRESS}
    with psycopg.connect(**wanted) as other:
        other.execute(statement.encode(), values)
        yield other.rollback


@contextmanager
def sleeps_before(part: str, seconds: float = 60) -> Iterator[None]:
    """The database needs so long for each statement that has this part."""

    def slowly(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if part in sql:
            execute("SELECT pg_sleep(%s)", [seconds], False, rest[-1])
        return execute(sql, *rest)

    with connection.execute_wrapper(slowly):
        yield


def session_of_the_database() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def limits_now() -> tuple[str, ...]:
    """Of a statement, and of the wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        return tuple(cursor.fetchone() or ())


def send(browser: Browser, address: str, **fields: str) -> Any:
    """As a browser sends a form."""
    return browser.post(address, urlencode(fields), content_type="application/x-www-form-urlencoded")


def hidden_fields(page: str) -> dict[str, str]:
    """What is sent when the page's button is pressed."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def test_a_form_that_meets_a_lock_stores_nothing_and_can_be_sent_again(browser: Browser, person: Client) -> None:
    address = f"/297/asiakkaat/{person.pk}/yhteydenotto/"
    sent = {"channel": "call", "outcome": "reached", "day": "1.10.2018", "time": "9.00", "text": WRITTEN, "once": ONCE}
    before = session_of_the_database()
    with somebody_holds("LOCK TABLE cases_contact IN EXCLUSIVE MODE"):
        refused = send(browser, address, **sent)
    page = refused.content.decode()
    assert refused.status_code == 503
    assert LOCKED in page
    assert NOTHING in page
    assert "no-store" in refused.headers["Cache-Control"]
    assert f'<form id="again" method="post" action="{address}">' in page
    assert hidden_fields(page) == sent

    assert send(browser, address, **hidden_fields(page)).status_code == 302
    with scope([297]):
        assert [contact.text.splitlines() for contact in Contact.objects.all()] == [WRITTEN.splitlines()]
    assert session_of_the_database() == before


@pytest.mark.browser
@pytest.mark.usefixtures("limits")
def test_the_text_is_sent_again_by_one_press(
    live_server: "LiveServer", page: "Page", person: Client, aino: User
) -> None:
    enter(page, live_server, aino)
    page.goto(f"{live_server.url}/297/asiakkaat/{person.pk}/yhteydenotto/")
    page.locator("[name=outcome][value=reached]").check()
    page.locator("[name=text]").fill(WRITTEN)
    with somebody_holds("LOCK TABLE cases_contact IN EXCLUSIVE MODE"):
        page.get_by_role("button", name="Tallenna").click()
        page.get_by_role("heading", name=LOCKED).wait_for()
    page.get_by_role("button", name="Lähetä lomake uudelleen").click()
    page.get_by_text("Yhteydenotto tallennettiin").wait_for()
    with scope([297]):
        assert [contact.text.splitlines() for contact in Contact.objects.all()] == [WRITTEN.splitlines()]


@pytest.mark.parametrize(
    ("address", "part"), [("/297/tyojono/", 'FROM "cases_matter"'), ("/tili/", 'FROM "accounts_user"')]
)
def test_a_page_that_takes_too_long_is_ended_with_words(browser: Browser, address: str, part: str) -> None:
    before = session_of_the_database()
    started = time.monotonic()
    with sleeps_before(part):
        ended = browser.get(address)
    assert time.monotonic() - started < 20
    page = ended.content.decode()
    assert ended.status_code == 503
    assert SLOW in page
    assert NOTHING in page
    assert 'id="again"' not in page
    assert browser.get(address).status_code == 200
    assert session_of_the_database() == before


def test_two_that_wait_for_each_other_are_told_the_same() -> None:
    error = OperationalError("deadlock detected")
    error.__cause__ = psycopg.errors.DeadlockDetected("deadlock detected")
    assert outage_of(error) == "locked"


def test_a_script_gets_words_that_its_page_can_show(browser: Browser) -> None:
    with sleeps_before('FROM "cases_matter"'):
        ended = browser.get("/297/tyojono/", headers={"HX-Request": "true"})
    assert ended.status_code == 503
    assert ended.json() == {
        "error": "Tämä kesti liian kauan ja keskeytettiin. Mitään ei tallennettu. Yritä pian uudelleen."
    }


def test_a_password_is_not_given_back(limits: None, aino: User) -> None:
    browser = Browser(raise_request_exception=False)
    with sleeps_before('FROM "account_emailaddress"'):
        ended = send(browser, "/kirjaudu/", login=aino.email, password="pitkä ja oikea salasana")
    assert ended.status_code == 503
    assert "salasana" not in ended.content.decode()
    assert 'id="again"' not in ended.content.decode()


def test_a_session_that_cannot_be_kept_says_nothing_of_what_was_saved(browser: Browser) -> None:
    """It is kept last of all, when the form is stored already."""
    session = browser.session
    session["used_at"] -= 60
    session.save()
    with somebody_holds("SELECT FROM django_session WHERE session_key = %s FOR UPDATE", session.session_key):
        answer = browser.get("/297/tyojono/")
    assert answer.status_code == 503
    assert GONE in answer.content.decode()
    assert NOTHING not in answer.content.decode()


def test_the_place_among_loads_is_waited_for_longer(limits: None) -> None:
    with somebody_holds("SELECT pg_advisory_xact_lock(%s, 0)", APPLYING) as end:
        waiting = threading.Timer(1.0, end)
        waiting.start()
        with transaction.atomic():
            release.apply_alone_soon()
            assert limits_now() == ("600ms", "300ms")
        waiting.join()


def test_a_page_that_counts_much_is_given_longer_for_as_long_as_it_counts(limits: None) -> None:
    with transaction.atomic():
        allow_statements(60)
        assert limits_now() == ("1min", "300ms")
    assert limits_now() == ("600ms", "300ms")


def test_a_rule_may_be_tried_for_longer(limits: None, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
    with scope([297]):
        team = Unit.objects.create(municipality=kuopio, name="Eteläinen tiimi")
        rule = RoutingRule.objects.create(
            municipality=kuopio, position=1, starts="2018-01-01", reason="Koe", target="unit", to_unit=team
        )
    with sleeps_before("WITH facts", seconds=1):
        assert signed_in(paula).get(f"/297/yllapito/saannot/{rule.pk}/kokeile/").status_code == 200


def test_where_there_is_no_limit_none_comes(db: None) -> None:
    with transaction.atomic():
        allow_statements(60)
        assert limits_now() == ("0", "0")


ASK = "from django.db import connection as c; u = c.cursor(); u.execute('{}'); print(u.fetchone()[0])"


@pytest.mark.parametrize(
    ("process", "statement", "lock"),
    [
        ("import osallistava.wsgi", "7s", "3s"),
        ("import osallistava.celery, django; django.setup()", "0", "0"),
    ],
)
def test_only_the_web_has_limits(committed_db: None, process: str, statement: str, lock: str) -> None:
    """Of a worker, as of every command: a large load is one transaction."""
    # without collected static files, without which the web does not start
    given = {"DATABASE_STATEMENT_TIMEOUT": "7", "DATABASE_LOCK_TIMEOUT": "3", "DEBUG": "1"}
    asked = "; ".join([process, ASK.format("SHOW statement_timeout"), ASK.format("SHOW lock_timeout")])
    done = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=ROOT,
        env=environment(connection.settings_dict["NAME"]) | given,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [statement, lock]

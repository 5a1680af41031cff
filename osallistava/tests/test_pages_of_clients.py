"""What holds for every page that shows a client: the look is logged, reading writes nothing else, nothing leaks.

Each page is opened once and each form sent once, for all tests, and what it did is taken back before the next.
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from lxml.html import document_fromstring

from avain.models import Goal, Measurement
from cases.models import AccessLog, Client, Contact
from core.models import Code
from core.row_security import set_scope
from municipalities.models import Municipality, Role
from osallistava.tests.permission_matrix import CASEWORK, MATRIX, READERS, SUPERVISOR, example_kwargs
from osallistava.tests.test_permissions import MUNICIPAL
from testing.people import person

PAGES = [name for name in MUNICIPAL if MATRIX[name] in (CASEWORK, READERS, SUPERVISOR)]
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)\s+(?:INTO|FROM)?\s*\"?(\w+)\"?", re.IGNORECASE)
MAY_BE_WRITTEN_BY_READING = {"accounts_securityevent", "cases_accesslog", "django_session", "usersessions_usersession"}
ADDRESSES = re.compile(r'(?:href|src|action|hx-get|hx-post|data-[a-z-]*url)="([^"]*)"')
NAME, CODE, WORDS = "Kuvitteluniemi", "150680-911", "Haluan oman kodin Mallikadulta"


@dataclass
class World:
    client: Client
    addresses: list[str]
    browser: Browser


@dataclass
class Visit:
    """What a request was answered, and what it left behind."""

    address: str
    answer: Any
    looks: list[tuple[Any, ...]]
    tables: set[str]
    lines: list[str]

    @property
    def page(self) -> str:
        content: bytes = self.answer.content
        return content.decode(errors="replace")

    @property
    def opened(self) -> bool:
        return bool(self.answer.status_code == 200)

    @property
    def names_the_client(self) -> bool:
        return self.answer.status_code != 302 and NAME in self.page


class Lines(logging.Handler):
    """All that is logged, but for the statements of the database and the variables of the templates."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith(("django.db.backends", "django.template")):
            self.said.append(record.getMessage())


@pytest.fixture(scope="module")
def world(module_db: None) -> World:
    """A client with a matter, a contact and a goal, each of them with words of its own."""
    set_scope([297])
    kuopio = Municipality.objects.get(pk=297)
    aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
    sirkka = person("Sirkka Mallikas", "sirkka@kuopio.example", Role.SUPERVISOR, kuopio)
    kwargs = example_kwargs(kuopio, aino)
    client = Client.objects.get(pk=kwargs["client"]["pk"])
    Client.objects.filter(pk=client.pk).update(family_name=NAME, given_names="Hilma Tuulikki")
    client.matters.update(assignee=sirkka)
    Contact.objects.create(
        municipality=kuopio,
        client=client,
        matter=client.matters.get(),
        channel="call",
        outcome="reached",
        text=WORDS,
        by=aino,
    )
    Goal.objects.create(
        municipality=kuopio,
        measurement=Measurement.objects.get(),
        position=1,
        direction="improve",
        own_words=WORDS,
        code=Code.objects.get(list__name="avain.goals", list__version="trial_2018", code="housing"),
        main=True,
    )
    browser = Browser()
    browser.force_login(sirkka)
    return World(client, [reverse(name, kwargs={"code": "297"} | kwargs.get(name, {})) for name in PAGES], browser)


@pytest.fixture(scope="module")
def visits(world: World) -> list[Visit]:
    return [visited(world, address, partial(world.browser.get, address)) for address in world.addresses]


@pytest.fixture(scope="module")
def sendings(world: World, visits: list[Visit]) -> list[Visit]:
    sent = posted(world, visits)
    return [visited(world, address, partial(world.browser.post, address, data)) for address, data in sent]


def visited(world: World, address: str, act: Callable[[], Any]) -> Visit:
    """What one request changes must not hide the client from the next, so it is undone."""
    before, lines = len(looks(world)), Lines()
    place = transaction.savepoint()
    root = logging.getLogger()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    try:
        with CaptureQueriesContext(connection) as captured:
            answer = act()
    finally:
        root.removeHandler(lines)
        root.setLevel(level)
    new = [look[1:] for look in looks(world)[before:]]
    transaction.savepoint_rollback(place)
    tables = {m[2] for query in captured if (m := WRITES.match(query["sql"]))}
    return Visit(address, answer, new, tables, lines.said)


def posted(world: World, visits: list[Visit]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Nothing to every address; what each page's forms hold, as it stands and as if shown before somebody's change."""
    forms: dict[str, Any] = {}
    for address in world.addresses:
        yield address, {}
        yield f"{address}?sivulta=tanaan", {}
    for visit in visits:
        if not visit.opened or not visit.answer.headers["Content-Type"].startswith("text/html"):
            continue
        for form in document_fromstring(visit.page).forms:
            address = form.action or visit.address
            if form.method == "POST" and address.startswith("/297/"):
                forms[address] = form
    for address, form in forms.items():
        yield address, filled_in(form)
        if "version" in form.fields:
            yield address, filled_in(form) | {"version": "999"}


def filled_in(form: Any) -> dict[str, Any]:
    """What a browser would send, with words in the empty fields, so that little of it is refused for what it lacks.

    Another own worker and a restriction are chosen: what is so already is not refused for its age.
    """
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    for field in form.inputs:
        if field.name and (field.tag == "textarea" or field.get("type") == "text") and not field.value:
            sent[field.name] = ["Sana"]
    if "restricted" in form.fields:
        sent["restricted"] = ["on"]
    elif "worker" in form.fields:
        sent["worker"] = [form.inputs["worker"].value_options[-1]]
    return sent


def looks(world: World) -> list[tuple[Any, ...]]:
    rows = AccessLog.objects.filter(client_ids__contains=[world.client.pk])
    return list(rows.order_by("pk").values_list("pk", "action", "page", "detail"))


def named(visits: list[Visit]) -> set[str]:
    return {visit.address for visit in visits if visit.names_the_client}


def unlogged(visits: list[Visit]) -> list[str]:
    return [visit.address for visit in visits if visit.names_the_client and not visit.looks]


def logged_twice(visits: list[Visit]) -> list[str]:
    return [visit.address for visit in visits if len(visit.looks) > len(set(visit.looks))]


def test_a_page_that_names_a_client_is_logged(visits: list[Visit]) -> None:
    assert unlogged(visits) == []
    assert logged_twice(visits) == []
    assert len(named(visits)) > 8, "the pages of the client were not opened"


def test_so_is_one_that_comes_back_from_an_empty_a_refused_or_a_late_form(sendings: list[Visit]) -> None:
    assert unlogged(sendings) == []
    assert logged_twice(sendings) == []
    back = {resolve(urlsplit(address).path).url_name for address in named(sendings)}
    assert {
        "client_edit", "client_details", "client_reveal", "client_reveal_details", "client_restriction", "own_worker",
        "client_non_disclosure", "case_open", "contact_new", "appointment_new", "appointment",
        "measurement_new", "measurement_edit", "matter_contact", "matter_close", "handover_answer",
    } <= back  # fmt: skip


def test_reading_writes_nothing_but_the_access_log(visits: list[Visit]) -> None:
    written = {visit.address: visit.tables - MAY_BE_WRITTEN_BY_READING for visit in visits}
    assert {address: tables for address, tables in written.items() if tables} == {}


def test_no_address_title_or_file_name_holds_anything_personal(world: World, visits: list[Visit]) -> None:
    client = Client.objects.get(pk=world.client.pk)
    secrets = [NAME, "Hilma", client.identity_code(), client.identity_code_mask[:6], "Haluan"]
    found = []
    for visit in (visit for visit in visits if visit.opened):
        title = re.search(r"<title>(.*?)</title>", visit.page, re.DOTALL)
        file_name = visit.answer.headers.get("Content-Disposition", "")
        places = [*ADDRESSES.findall(visit.page), title[1] if title else "", file_name]
        found += [(visit.address, secret) for secret in secrets for place in places if secret in place]
    assert found == []


def test_no_log_line_holds_anything_personal(world: World, visits: list[Visit], sendings: list[Visit]) -> None:
    search, nobody = reverse("client_search", kwargs={"code": "297"}), f"/297/asiakkaat/{world.client.pk + 1000}/"
    found = visited(world, search, partial(world.browser.post, search, {"q": NAME}))
    assert NAME in found.page
    others = [found, visited(world, nobody, partial(world.browser.get, nobody))]
    lines = [line for visit in (*visits, *sendings, *others) for line in visit.lines]
    assert [line for line in lines if NAME in line or "Hilma" in line or "Haluan" in line] == []
    loud = visited(world, "loud", partial(logging.getLogger("desk").debug, NAME))
    assert loud.lines == [NAME], "what is logged would be seen"


def test_the_henkilotunnus_stands_in_clear_on_no_page(world: World, visits: list[Visit]) -> None:
    code = Client.objects.get(pk=world.client.pk).identity_code()
    assert [visit.address for visit in visits if code in visit.page] == []

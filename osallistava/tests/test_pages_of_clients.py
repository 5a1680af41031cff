"""What holds for every page that shows a client: the look is logged, reading writes nothing else, nothing leaks."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from lxml.html import document_fromstring

from accounts.models import User
from avain.models import Goal, Measurement
from cases.models import AccessLog, Client, Contact
from core.models import Code
from municipalities.models import Municipality
from osallistava.tests.permission_matrix import CASEWORK, MATRIX, READERS, SUPERVISOR, example_kwargs
from osallistava.tests.test_permissions import MUNICIPAL
from testing.people import SignIn

PAGES = [name for name in MUNICIPAL if MATRIX[name] in (CASEWORK, READERS, SUPERVISOR)]
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)\s+(?:INTO|FROM)?\s*\"?(\w+)\"?", re.IGNORECASE)
MAY_BE_WRITTEN_BY_READING = {"cases_accesslog", "django_session", "usersessions_usersession"}
ADDRESSES = re.compile(r'(?:href|src|action|hx-get|hx-post|data-[a-z-]*url)="([^"]*)"')
NAME, CODE, WORDS = "Kuvitteluniemi", "150680-911", "Haluan oman kodin Mallikadulta"


@dataclass
class World:
    client: Client
    addresses: dict[str, str]
    browser: Browser


@pytest.fixture
def world(kuopio: Municipality, aino: User, sirkka: User, signed_in: SignIn) -> World:
    """A client with a matter, a contact and a goal, each of them with words of its own."""
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
    addresses = {name: reverse(name, kwargs={"code": "297"} | kwargs.get(name, {})) for name in PAGES}
    return World(client, addresses, signed_in(sirkka))


def opened(world: World) -> Iterator[tuple[str, HttpResponse]]:
    for name, address in world.addresses.items():
        response = world.browser.get(address)
        if response.status_code == 200:
            yield name, response  # type: ignore[misc]


def posted(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Nothing to every address; what each page's forms hold, as it stands and as if shown before somebody's change."""
    forms: dict[str, Any] = {}
    for address in world.addresses.values():
        yield address, {}
        yield f"{address}?sivulta=tanaan", {}
    for name, response in list(opened(world)):
        if not response.headers["Content-Type"].startswith("text/html"):
            continue
        for form in document_fromstring(response.content.decode()).forms:
            address = form.action or world.addresses[name]
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
    return [(row.pk, row.action, row.page, row.detail) for row in rows.order_by("pk")]


def asked(world: World, answers: Iterable[tuple[str, Callable[[], Any]]]) -> tuple[list[str], list[str], list[str]]:
    """The addresses that answered with the client's name, of these the unlogged ones, and those logged twice."""
    named, unlogged, twice = [], [], []
    for address, answer in answers:
        before = len(looks(world))
        # what one request changes must not hide the client from the next
        place = transaction.savepoint()
        response = answer()
        new = [look[1:] for look in looks(world)[before:]]
        transaction.savepoint_rollback(place)
        if response.status_code != 302 and NAME in response.content.decode(errors="replace"):
            named.append(address)
            if not new:
                unlogged.append(address)
        if len(new) > len(set(new)):
            twice.append(address)
    return named, unlogged, twice


def test_a_page_that_names_a_client_is_logged(world: World) -> None:
    addresses = world.addresses.values()
    named, unlogged, twice = asked(world, [(one, partial(world.browser.get, one)) for one in addresses])
    assert unlogged == []
    assert twice == []
    assert len(named) > 8, "the pages of the client were not opened"


def test_so_is_one_that_comes_back_from_an_empty_a_refused_or_a_late_form(world: World) -> None:
    sent = list(posted(world))
    named, unlogged, twice = asked(world, [(to, partial(world.browser.post, to, data)) for to, data in sent])
    assert unlogged == []
    assert twice == []
    back = {resolve(urlsplit(address).path).url_name for address in named}
    assert {
        "client_edit", "client_details", "client_reveal", "client_reveal_details", "client_restriction", "own_worker",
        "client_non_disclosure", "case_open", "contact_new", "appointment_new", "appointment",
        "measurement_new", "measurement_edit", "matter_contact", "matter_close", "handover_answer",
    } <= back  # fmt: skip


def test_reading_writes_nothing_but_the_access_log(world: World) -> None:
    written: dict[str, set[str]] = {}
    for name, address in world.addresses.items():
        with CaptureQueriesContext(connection) as captured:
            world.browser.get(address)
        tables = {m[2] for query in captured if (m := WRITES.match(query["sql"]))}
        if tables - MAY_BE_WRITTEN_BY_READING:
            written[name] = tables
    assert written == {}


def test_no_address_title_or_file_name_holds_anything_personal(world: World) -> None:
    client = Client.objects.get(pk=world.client.pk)
    secrets = [NAME, "Hilma", client.identity_code(), client.identity_code_mask[:6], "Haluan"]
    found = []
    for name, response in opened(world):
        page = response.content.decode(errors="replace")
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        places = [*ADDRESSES.findall(page), title[1] if title else "", response.headers.get("Content-Disposition", "")]
        found += [(name, secret) for secret in secrets for place in places if secret in place]
    assert found == []


def test_no_log_line_holds_anything_personal(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for _ in opened(world):
            pass
        found = world.browser.post(reverse("client_search", kwargs={"code": "297"}), {"q": NAME})
        world.browser.get(f"/297/asiakkaat/{world.client.pk + 1000}/")
    assert NAME in found.content.decode(errors="replace")
    lines = [
        r.getMessage()
        for r in caplog.records
        if r.name != "django.db.backends" and not r.name.startswith("django.template")
    ]
    assert [line for line in lines if NAME in line or "Hilma" in line or "Haluan" in line] == []


def test_the_henkilotunnus_stands_in_clear_on_no_page(world: World) -> None:
    code = Client.objects.get(pk=world.client.pk).identity_code()
    assert [name for name, response in opened(world) if code in response.content.decode(errors="replace")] == []

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from avain.measurements.verbs import GoalEntry, MeasurementEntry, record_measurement
from cases.appointments.verbs import offer
from cases.models import Appointment, Client, OwnWorker
from core.models import Code
from core.row_security import set_scope
from municipalities.models import Municipality, Unit
from records.models import Document
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def veikko(kuopio: Municipality, southern: Unit, aino: User) -> Client:
    client = make_client(kuopio, given_names="Veikko", family_name="Mallikas")
    make_matter(client, assignee=aino, unit=southern, arrived=TODAY - datetime.timedelta(days=12))
    OwnWorker.objects.create(municipality=kuopio, client=client, user=aino, assigned_by=aino)
    return client


@pytest.fixture
def meeting(aino: User, veikko: Client) -> Appointment:
    """Today at eleven: it has been, and nobody has marked it."""
    time = offer(aino, veikko, at=NOW + HOUR, worker=aino, matter=veikko.matters.get(), place="Toimisto, huone 3")
    Appointment.objects.filter(pk=time.pk).update(at=NOW - HOUR)
    time.refresh_from_db()
    return time


@pytest.fixture
def goal(aino: User, veikko: Client) -> Code:
    code = Code.objects.of("avain.goals", TODAY).first()
    assert code is not None
    entry = GoalEntry(code, "improve", "Haluan, että rahat riittävät.", True, [])
    record_measurement(aino, veikko, MeasurementEntry(TODAY, "initial", True, goals=[entry], methods=[]))
    return code


def of(client: Client, what: str = "") -> str:
    return f"/297/asiakkaat/{client.pk}/kertomus/{what}"


def at(document: Document, what: str = "") -> str:
    return f"/297/asiakkaat/{document.client_id}/kertomus/{document.pk}/{what}"


def begin(browser: Browser, client: Client, **fields: Any) -> Document:
    """Press the button that begins a note."""
    answer = browser.post(of(client, "uusi/"), {"once": str(uuid.uuid4())} | fields)
    set_scope([297])
    pk = int(answer.headers["Location"].split("/")[-3])
    return Document.objects.get(pk=pk)


def form_of(browser: Browser, document: Document, **fields: Any) -> dict[str, Any]:
    """All that the writing page sends, with what somebody changes."""
    from lxml.html import document_fromstring

    page = document_fromstring(browser.get(at(document, "kirjoita/")).content.decode())
    form = page.xpath("//form[@data-note]")[0]
    for left_out in form.xpath(".//template | .//fieldset[@disabled]"):
        left_out.drop_tree()
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    set_scope([297])
    return sent | fields


def write(browser: Browser, client: Client, begun: Any = None, **fields: Any) -> Document:
    """A note begun, written and finished."""
    document = begin(browser, client, **(begun or {}))
    fields = {"text": "Sovittiin laskuista.", "tee": "valmis"} | fields
    answer = browser.post(at(document, "kirjoita/"), form_of(browser, document, **fields))
    assert answer.status_code == 302, answer.content.decode()
    set_scope([297])
    return Document.objects.get(pk=document.pk)

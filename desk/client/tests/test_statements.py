"""How many statements the pages of a client send, every one counted, with every section filled."""

import datetime

import pytest

from accounts.models import User
from cases.appointments.verbs import offer
from cases.models import Client, Contact, Event
from core.row_security import set_scope
from desk.tests.filled import fill
from desk.tests.filled_client import fill_client
from municipalities.models import Municipality
from testing.clock import NOW
from testing.factories import make_matter
from testing.people import QueryCount, SignIn

pytestmark = pytest.mark.django_db

CEILING = 20
PAGES = ("", "kertomus/", "aikajana/", "avain/", "katselut/")
SECTIONS = ("goals", "timeline", "times", "matters", "reach", "lookers")


@pytest.fixture
def filled(kuopio: Municipality, tampere: Municipality, aino: User, eetu: User, sirkka: User, olli: User) -> Client:
    now = NOW
    client, _matter = fill(kuopio, aino, tampere, now)
    fill_client(client, aino, eetu, sirkka, now)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_a_page_keeps_the_ceiling_with_few_rows_and_with_a_thousand(
    kuopio: Municipality, aino: User, filled: Client, signed_in: SignIn, query_count: QueryCount, page: str
) -> None:
    browser, address = signed_in(aino), f"/297/asiakkaat/{filled.pk}/{page}"
    html = browser.get(address).content.decode()
    assert page or [name for name in SECTIONS if f'id="{name}"' not in html] == []
    few = query_count(lambda: browser.get(address))
    set_scope([kuopio.pk])
    thousand(filled, aino)
    assert few <= CEILING
    assert query_count(lambda: browser.get(address)) <= few


def thousand(client: Client, actor: User) -> None:
    """Events of two kinds, one of them with a contact and one that names a colleague, and some more matters."""
    for _ in range(30):
        make_matter(client)
    contact = Contact.objects.filter(client=client)[:1].get()
    events = Event.objects.filter(client=client, kind__in=["own_worker.assigned", "contact.recorded"])
    Event.objects.bulk_create(
        Event(
            municipality_id=client.municipality_id,
            client=client,
            kind=event.kind,
            actor=actor,
            data=event.data | ({"contact": contact.pk} if "contact" in event.data else {}),
        )
        for event in list(events)
        for _ in range(250)
    )


def test_the_next_time_is_told_also_when_it_is_not_among_the_latest(
    aino: User, filled: Client, signed_in: SignIn
) -> None:
    first = filled.appointments.filter(state="offered").get()
    for days in range(30):
        at = first.at + datetime.timedelta(days=days + 1)
        offer(aino, filled, at=at, worker=aino, place="Toimisto")
    html = signed_in(aino).get(f"/297/asiakkaat/{filled.pk}/").content.decode()
    head = html[: html.index("with-rail")]
    assert f"/297/tapaamiset/{first.pk}/" in head

"""The head of a client's pages: who, own worker, what matters now, the tabs."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avain.models import Measurement
from cases.access.rights import may_see_looks
from cases.clients.languages import language_name
from cases.models import Case, Client, Contact, Deadline, Matter
from cases.models.contact import REACHING
from core.dates import due_state, due_words
from desk.appointments.shown import next_time
from desk.client.timeline import timeline
from desk.holds.shown import reason_words
from desk.matter.addresses import queue_link
from desk.matter.lists import matters_of
from desk.matter.words import Due, due_of, for_lists, state_words, title, why
from municipalities.requests import MunicipalRequest


@dataclass(frozen=True, slots=True)
class NextDeadline:
    words: str
    what: str
    why: str
    state: str


def head(request: MunicipalRequest, client: Client, tab: str) -> dict[str, Any]:
    return {
        "client": client,
        "revealed_code": "",
        "language_words": language_name(client.language) if client.language else "",
        "assignment": client.own_workers.filter(ended=None).select_related("user").first(),
        "case": Case.objects.filter(client=client, closed_at=None).first(),
        "next_time": next_time(request, client),
        "deadline": next_deadline(client),
        "reached": reached(client),
        "agreed": agreed(client),
        "tabs": tabs(request, client, tab),
        "supervisor": request.access.all_units,
    }


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One of the client's matters in words, with the address that opens it."""

    matter: Matter
    title: str
    state: str
    due: Due | None
    url: str
    why: str = ""


def matter_lines(request: MunicipalRequest, client: Client) -> list[MatterLine]:
    return [
        MatterLine(
            matter,
            title(matter),
            state_words(matter, whose=True),
            due_of(matter),
            queue_link(request, avoin=str(matter.pk)),
            reason_words(matter) if matter.routed and matter.is_open else "",
        )
        for matter in for_lists(matters_of(request, client))
    ]


def next_deadline(client: Client) -> NextDeadline | None:
    """The earliest unmet deadline of an open matter, with its reason."""
    open_ones = Deadline.objects.filter(
        matter__client=client, municipality=client.municipality_id, matter__closed_at=None, met_on=None
    )
    row = open_ones.select_related("matter").order_by("due", "pk").first()
    if row is None:
        return None
    today = timezone.localdate()
    what = f"{row.matter.get_kind_display()}: {row.get_duty_display()}"
    return NextDeadline(due_words(row.due), what, why(row, row.matter), due_state(row.due, today))


def reached(client: Client) -> Contact | None:
    return client.contacts.filter(outcome__in=REACHING).select_related("by").first()


def agreed(client: Client) -> Contact | None:
    return client.contacts.filter(outcome__in=REACHING).exclude(text="").select_related("by").first()


def tabs(request: MunicipalRequest, client: Client, current: str) -> list[dict[str, Any]]:
    items: list[tuple[str, str, int | None]] = [
        ("client", _("Summary"), None),
        ("client_timeline", _("Timeline"), timeline(client).count()),
        ("client_measurements", _("AVAIN"), Measurement.objects.filter(client=client).count()),
    ]
    if may_see_looks(request.user, client):
        items.append(("client_looks", _("Looks"), None))
    return [
        {
            "label": label,
            "n": n,
            "current": name == current,
            "url": reverse(name, kwargs={"code": request.municipality.code, "pk": client.pk}),
        }
        for name, label, n in items
    ]

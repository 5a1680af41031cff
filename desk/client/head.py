"""The head of a client's pages: who, own worker, what matters now, the tabs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.access.rights import is_one_of_those, may_see_looks
from cases.clients.languages import language_name
from cases.models import Matter
from core.dates import due_state, due_words
from desk.client.file import ClientFile
from desk.client.timeline import timeline_count
from desk.holds.shown import reason_words
from desk.matter.addresses import queue_link
from desk.matter.words import Due, due_of, first_unmet, state_words, title, why


@dataclass(frozen=True, slots=True)
class NextDeadline:
    words: str
    what: str
    why: str
    state: str


def head(file: ClientFile, tab: str) -> dict[str, Any]:
    client = file.client
    return {
        "client": client,
        "revealed_code": "",
        "language_words": language_name(client.language) if client.language else "",
        "assignment": file.own_worker,
        "case": file.case,
        "next_time": file.next_time,
        "deadline": next_deadline(file.matters),
        "reached": file.reached,
        "agreed": file.agreed,
        "brief": None,
        "tabs": tabs(file, tab),
        "answers": is_one_of_those(file.request.user, client, at_work(file)),
        "supervisor": file.request.access.all_units,
    }


def at_work(file: ClientFile) -> set[int | None]:
    return {matter.assignee_id for matter in file.matters if matter.is_open} - {None}


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One of the client's matters in words, with the address that opens it."""

    matter: Matter
    title: str
    state: str
    due: Due | None
    url: str
    why: str = ""


def matter_lines(file: ClientFile) -> list[MatterLine]:
    return [
        MatterLine(
            matter,
            title(matter),
            state_words(matter, whose=True),
            due_of(matter),
            queue_link(file.request, avoin=str(matter.pk)),
            reason_words(matter) if matter.routed and matter.is_open else "",
        )
        for matter in file.matters
    ]


def next_deadline(matters: Iterable[Matter]) -> NextDeadline | None:
    """The earliest unmet deadline of an open matter, with its reason."""
    unmet = [(deadline, matter) for matter in matters if matter.is_open and (deadline := first_unmet(matter))]
    if not unmet:
        return None
    row, matter = min(unmet, key=lambda pair: (pair[0].due, pair[0].pk))
    today = timezone.localdate()
    what = f"{matter.get_kind_display()}: {row.get_duty_display()}"
    return NextDeadline(due_words(row.due), what, why(row, matter), due_state(row.due, today))


def tabs(file: ClientFile, current: str) -> list[dict[str, Any]]:
    request, client = file.request, file.client
    items: list[tuple[str, str, int | None]] = [
        ("client", _("Summary"), None),
        ("client_notes", pgettext("record", "Notes"), file.note_count),
        ("client_timeline", _("Timeline"), timeline_count(file)),
        ("client_documents", _("Documents"), file.document_count),
        ("client_measurements", _("AVAIN"), file.measurement_count),
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

"""Beginning a note: prefilled from a time, a matter's call, or now. One begun and not written is gone on with."""

import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.access.reads import access
from cases.models import Appointment, Client, Matter
from cases.models.appointment import AppointmentState
from core.asked_numbers import number
from core.saving import attempt, first_press
from desk.appointments.shown import visible_times
from desk.notes.addresses import of_note, of_notes
from desk.notes.around import Around
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.models import Document, OpenVersion
from records.notes.content import NOTES
from records.notes.entry import WENT_OF, Entry, Source
from records.notes.verbs import begin_note

LANGUAGES = ("fi", "sv")
SOON = datetime.timedelta(hours=1)
"""A time that begins within this is told of beforehand only when it was chosen."""


@roles(*CASEWORK)
@require_POST
def client_note_begin(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Nothing is asked: the page that opens has all of it prefilled."""
    client = access(Client, request, pk)
    appointment = _appointment(request, client)
    entry = first_entry(request, client, appointment)
    found = _unfinished(request, client, entry)
    if found is None:
        matter = _matter(request, client, appointment)
        outcome = attempt(lambda: _begun(request, client, entry, matter) if first_press(request) else None)
        found = outcome.value or _unfinished(request, client, entry)
    if found is None:
        return redirect(of_notes(request, client))
    return redirect(of_note("client_note_write", request, found))


def first_entry(request: MunicipalRequest, client: Client, appointment: Appointment | None) -> Entry:
    """What is known before anything is written."""
    people = (client.full_name, request.user.name)
    if appointment is not None:
        asks = appointment.state == AppointmentState.OFFERED
        at = timezone.localtime(appointment.at).isoformat()
        return Entry(
            Source.MEETING,
            WENT_OF[Source.MEETING][0],
            at=at,
            place=appointment.place,
            participants=people,
            appointment=appointment.pk if asks else None,
        )
    source = request.POST.get("mista", "")
    kind = Source(source) if source in Source.values else Source.CALL
    now = timezone.localtime().replace(second=0, microsecond=0).isoformat()
    return Entry(kind, WENT_OF[kind][0], at=now, participants=people if kind != Source.ALONE else people[1:])


def _begun(request: MunicipalRequest, client: Client, entry: Entry, matter: Matter | None) -> Document:
    language = client.language if client.language in LANGUAGES else "fi"
    return begin_note(request.user, client, entry, matter=matter, language=language)


def _appointment(request: MunicipalRequest, client: Client) -> Appointment | None:
    """The one that was asked for; else today's that has begun, if nothing else was asked for."""
    asked = number(request.POST.get("aika", ""))
    if asked is not None:
        return visible_times(request).filter(client=client, pk=asked).first()
    if request.POST.get("mista"):
        return None
    today = timezone.localdate()
    begun = [one for one in Around(request, client).times if timezone.localdate(one.at) == today]
    return next((one for one in begun if one.at <= timezone.now() + SOON), None)


def _matter(request: MunicipalRequest, client: Client, appointment: Appointment | None) -> Matter | None:
    """The one that was asked for, that of the time, else one's own open one or the most pressing."""
    matters = Around(request, client).matters
    asked = number(request.POST.get("asia", "")) or (appointment.matter_id if appointment else None)
    if asked:
        return next((one for one in matters if one.pk == asked), appointment.matter if appointment else None)
    return matters[0] if matters else None


def _unfinished(request: MunicipalRequest, client: Client, entry: Entry) -> Document | None:
    """The author's draft of the same time; of no time, one in which nothing has been saved yet, of the same kind."""
    rows = OpenVersion.objects.filter(
        document__client=client, document__latest=0, document__number__in=NOTES, started_by=request.user,
        municipality=request.municipality,
    )  # fmt: skip
    for one in rows.select_related("document").order_by("-saved_at", "-pk"):
        same_time = entry.appointment is not None and one.aside.get("appointment") == entry.appointment
        untouched = one.saves == 0 and one.aside.get("appointment") is None and entry.appointment is None
        if same_time or (untouched and one.aside.get("source") == entry.source):
            return one.document
    return None

"""A client's timeline: what services did, and what came from Kela, as sentences, the latest first."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import CharField, DateTimeField, F, Func, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Client, Contact, Event, Matter
from cases.models.matter import MatterSource
from cases.timeline.sentences import sentences
from desk.client.file import ClientFile
from desk.matter.words import lower_first, title
from records.models import Document
from records.notes.content import NOTES

Key = tuple[str, int]
Row = tuple[str, int, datetime.datetime]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `contact` carries what was said; `matter` and `document` are what the line leads to."""

    at: datetime.datetime
    text: str
    picture: str
    contact: Contact | None = None
    matter_id: int | None = None
    document_id: int | None = None
    is_note: bool = False

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.at)


def timeline(client: Client) -> QuerySet[Any, Row]:
    """What the timeline consists of: ("event" or "arrival", id, moment). Read the page that is shown with `entries`."""
    events = Event.objects.filter(client=client, municipality=client.municipality_id)
    # made in sets, thousands at a time, arrivals from Kela leave no event: the matter itself is the trace
    arrivals = Matter.objects.filter(
        client=client, municipality=client.municipality_id, source=MatterSource.KELA
    ).annotate(at=midnight("arrived"))
    parts = [
        rows.order_by().annotate(what=Value(what, CharField())).values_list("what", "pk", "at")
        for what, rows in (("event", events), ("arrival", arrivals))
    ]
    return parts[0].union(parts[1], all=True).order_by(F("at").desc(), F("pk").desc())


def midnight(day: str) -> Func:
    """The moment, in our time, at which the day of this column begins."""
    template = "timezone(%(expressions)s::timestamp)"
    return Func(Value(settings.TIME_ZONE), F(day), template=template, output_field=DateTimeField())


def timeline_count(file: ClientFile) -> int:
    return file.event_count + len(file.arrivals)


def latest(file: ClientFile, limit: int) -> list[Entry]:
    """The beginning of the timeline, from the latest events and the matters that the page has anyway."""
    events = Event.objects.filter(client=file.client, municipality=file.client.municipality_id)
    found = told(file, events.order_by("-at", "-pk")[:limit]) | arrivals(file.arrivals[:limit])
    return [found[key] for key in sorted(found, key=lambda key: (found[key].at, key[1]), reverse=True)[:limit]]


def entries(file: ClientFile, rows: Sequence[Row]) -> list[Entry]:
    """The rows told, with a number of queries that does not depend on how many they are."""
    events = Event.objects.filter(pk__in=[pk for what, pk, _at in rows if what == "event"]).order_by("pk")
    came = {pk for what, pk, _at in rows if what == "arrival"}
    found = told(file, events) | arrivals(matter for matter in file.arrivals if matter.pk in came)
    return [found[what, pk] for what, pk, _at in rows]


def told(file: ClientFile, rows: QuerySet[Event]) -> dict[Key, Entry]:
    events = list(rows.select_related("actor"))
    for event in events:
        event.client = file.client
    contacts = file.contacts_of(events)
    there = documents_of(events)
    people = [file.own_worker.user] if file.own_worker else []
    known = [file.request.user, *people, *(event.actor for event in events)]
    found: dict[Key, Entry] = {}
    for line in sentences(events, known):
        contact = contacts.get(line.event.data.get("contact", 0))
        document = there.get(line.event.data.get("document", 0)) or note_of(contact)
        found["event", line.event.pk] = Entry(
            line.event.at,
            line.text,
            line.picture,
            contact,
            line.event.matter_id,
            document,
            is_note(line.event, contact),
        )
    return found


def note_of(contact: Contact | None) -> int | None:
    """The note that tells of the contact, read with it."""
    note: Document | None = getattr(contact, "note", None)
    return note.pk if note else None


def is_note(event: Event, contact: Contact | None) -> bool:
    return note_of(contact) is not None or str(event.data.get("number", "")) in NOTES


def documents_of(events: Iterable[Event]) -> dict[int, int]:
    """Of the documents that the events tell of, those that are there: a draft may have been thrown away."""
    ids = {event.data["document"] for event in events if "document" in event.data}
    return {pk: pk for pk in Document.objects.filter(pk__in=ids).values_list("pk", flat=True)} if ids else {}


def arrivals(matters: Iterable[Matter]) -> dict[Key, Entry]:
    return {("arrival", matter.pk): arrival(matter) for matter in matters}


def arrival(matter: Matter) -> Entry:
    at = timezone.make_aware(datetime.datetime.combine(matter.arrived, datetime.time()))
    words = _("Kela sent a notice: %(what)s.") % {"what": lower_first(title(matter))}
    return Entry(at, words, "tray", None, matter.pk)


def by_day(lines: Sequence[Entry]) -> list[tuple[datetime.date, list[Entry]]]:
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: line.day)]

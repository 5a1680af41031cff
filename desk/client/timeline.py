"""A client's timeline: what services did, and what came from Kela, as sentences, the latest first."""

import datetime
from collections.abc import Sequence
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
from desk.matter.words import for_lists, lower_first, title

Row = tuple[str, int, datetime.datetime]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `contact` carries what was said; `matter` is what the line leads to."""

    at: datetime.datetime
    text: str
    picture: str
    contact: Contact | None = None
    matter_id: int | None = None

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


def entries(rows: Sequence[Row]) -> list[Entry]:
    """The rows told, with a number of queries that does not depend on how many they are."""
    ids = {what: [pk for kind, pk, _at in rows if kind == what] for what in ("event", "arrival")}
    events = Event.objects.filter(pk__in=ids["event"]).select_related("client").order_by("pk")
    told = {line.event.pk: line for line in sentences(events)}
    contacts = Contact.objects.select_related("by").in_bulk(
        [line.event.data["contact"] for line in told.values() if "contact" in line.event.data]
    )
    arrivals = {matter.pk: matter for matter in for_lists(Matter.objects.filter(pk__in=ids["arrival"]))}
    found = []
    for what, pk, at in rows:
        if what == "arrival":
            found.append(arrival(arrivals[pk], at))
        else:
            line = told[pk]
            contact = contacts.get(line.event.data.get("contact", 0))
            found.append(Entry(at, line.text, line.picture, contact, line.event.matter_id))
    return found


def arrival(matter: Matter, at: datetime.datetime) -> Entry:
    words = _("Kela sent a notice: %(what)s.") % {"what": lower_first(title(matter))}
    return Entry(at, words, "tray", None, matter.pk)


def by_day(lines: Sequence[Entry]) -> list[tuple[datetime.date, list[Entry]]]:
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: line.day)]

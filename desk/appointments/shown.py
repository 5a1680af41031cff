"""Times offered to clients, as the pages show them."""

import datetime
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from cases.matters.desks import may_decide
from cases.matters.rules import settles
from cases.models import Appointment, Client
from cases.models.appointment import AppointmentState
from core.dates import moment
from core.parts import in_one
from desk.matter.sections import AFTER, Opened, section
from municipalities.requests import MunicipalRequest

AHEAD: Final = datetime.timedelta(days=8)
SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Time:
    """An appointment in words. `asks`: it has passed, and nobody has marked what became of it.

    `mine`: this person may tell what became of it, or put the mark right.
    """

    row: Appointment
    when: str
    asks: bool
    mine: bool = True

    @property
    def is_offered(self) -> bool:
        return self.row.state == AppointmentState.OFFERED


def visible_times(request: MunicipalRequest) -> QuerySet[Appointment]:
    return with_people(Appointment.objects.visible_to(request.user, request.municipality))


def with_people(times: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return times.select_related("client", "worker", "matter", "contact")


def time_of(row: Appointment) -> Time:
    passed = row.at <= timezone.now()
    return Time(row, moment(row.at), passed and row.state == AppointmentState.OFFERED)


def own_times(request: MunicipalRequest) -> tuple[QuerySet[Appointment], QuerySet[Appointment]]:
    """Of this person: those of the coming week, and those that have passed and ask what became of them."""
    now = timezone.now()
    mine = visible_times(request).filter(worker=request.user, state=AppointmentState.OFFERED).order_by("at", "pk")
    return mine.filter(at__gt=now, at__lt=now + AHEAD), mine.filter(at__lte=now)


def times_of_client(request: MunicipalRequest, client: Client) -> tuple[list[Time], Time | None]:
    """The latest first, and the next one."""
    rows = visible_times(request).filter(client=client)
    ahead = rows.filter(state=AppointmentState.OFFERED, at__gt=timezone.now())
    found = in_one({"latest": (rows.order_by("-at", "-pk"), SHOWN), "next": (ahead.order_by("at", "pk"), 1)})
    times, following = ([time_of(row) for row in part] for part in found.values())
    return times, following[0] if following else None


@section(AFTER + 10, "desk/appointments/section.html")
def section_of_times(opened: Opened) -> list[Time]:
    """The latest first."""
    rows = opened.file.appointments[:SHOWN]
    for row in rows:
        row.matter = opened.file.matter
    if not may_decide(opened.file.matter, opened.request.user):
        # who recorded what became of them, in one query
        prefetch_related_objects(rows, "contact")
    return [replace(time_of(row), mine=settles(opened.request.user, row) is None) for row in rows]

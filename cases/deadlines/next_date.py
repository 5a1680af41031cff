"""When one returns to an open matter: the earliest of its deadline, waiting day, reminder and offered time.

The database keeps that day (`Matter.next_on`) and takes no open matter without one. Where nothing else is left, the
municipality's default is set as a reminder.
"""

import datetime
from enum import Enum, auto

from django.utils import timezone

from cases.models import Appointment, Matter
from cases.models.appointment import AppointmentState
from core.working_days import nth_working_day
from municipalities.models import LocalSettings


class Next(Enum):
    """What the next date of a matter is."""

    DEADLINE = auto()
    WAIT = auto()
    TIME = auto()
    REMINDER = auto()


def next_of(matter: Matter) -> tuple[datetime.date, Next] | None:
    """As the database computes `next_on`, and of which kind it is; of the same day the first of `Next`."""
    dates = (
        (matter.due, Next.DEADLINE),
        (matter.waiting_until, Next.WAIT),
        (matter.time_on, Next.TIME),
        (matter.remind_on, Next.REMINDER),
    )
    known = [(day, what) for day, what in dates if day is not None]
    return min(known, key=lambda pair: pair[0], default=None)


def default_day(settings: LocalSettings, *, urgent: bool, today: datetime.date | None = None) -> datetime.date:
    """The municipality's own: so many working days from today, sooner when urgent and never later."""
    days = min(settings.return_days, settings.return_days_urgent) if urgent else settings.return_days
    return nth_working_day(today or timezone.localdate(), days, settings.reading)


def keep_next_date(matter: Matter) -> None:
    """The first offered time, and a reminder when nothing else is left of an open matter; unsaved."""
    matter.returns_by_default = None
    if not matter.is_open:
        matter.remind_on = matter.time_on = None
        return
    offered = Appointment.objects.filter(matter=matter, state=AppointmentState.OFFERED).order_by("at")
    first = offered.values_list("at", flat=True).first()
    matter.time_on = timezone.localdate(first) if first else None
    if next_of(matter) is None:
        settings = LocalSettings.objects.of(matter.municipality_id)
        matter.remind_on = matter.returns_by_default = default_day(settings, urgent=matter.urgent)

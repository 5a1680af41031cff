"""The day on which one returns to a matter: set by the worker, or left to the municipality's default."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.deadlines.meeting import meeting
from cases.matters import rules
from cases.matters.changing import begin, changing
from cases.matters.file import MatterFile
from cases.models import Appointment, Matter
from cases.models.appointment import AppointmentState
from cases.timeline.events import record_event
from core.day_limits import check_day
from core.saving import NotPossible


def remind(actor: User, matter: Matter, day: datetime.date | None, *, version: int | None = None) -> None:
    """Return to the matter on `day`; without one the reminder goes, for the default where nothing else is left."""
    with changing(matter, version) as file:
        rules.require(rules.REMIND, actor, file)
        if day is not None:
            _check(day, "day")
        matter.remind_on = day
        begin(actor, matter)
        record_event(
            "matter.reminder",
            client=matter.client,
            actor=actor,
            matter=matter,
            day=day.isoformat() if day else "",
        )


def return_by(matter: Matter, day: datetime.date | None) -> None:
    """After something was done: the day that was asked for; else a reminder whose day has come has served; unsaved."""
    if day is not None:
        _check(day, "return_on")
        matter.remind_on = day
    elif matter.remind_on is not None and matter.remind_on <= timezone.localdate():
        matter.remind_on = None


def may_leave_none(file: MatterFile, but: Appointment | None = None) -> bool:
    """Whether the matter would have no next date once its unmet duties that an act can do are done.

    `but`: a time that is being marked.
    """
    matter, today = file.matter, timezone.localdate()
    times = [one for one in file.appointments if one.state == AppointmentState.OFFERED and one != but]
    if matter.waiting_until or times or (matter.remind_on and matter.remind_on > today):
        return False
    return all(one.met_on or meeting(one.duty, one.counted_from) for one in file.deadlines)


def _check(day: datetime.date, field: str) -> None:
    check_day(day, field=field)
    if day <= timezone.localdate():
        raise NotPossible(_("Choose a day after today."), field)

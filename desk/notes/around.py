"""What the writing page of a note offers: times to tell of, goals, methods, colleagues, matters, the next free time."""

import datetime
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from django.utils import timezone

from accounts.models import User
from avain.measurements.forms import codes
from avain.measurements.reads import latest_measurement
from avain.models import Goal, Measurement
from cases.access.colleagues import who_may_see
from cases.matters.rules import settles
from cases.models import Appointment, Client, Matter
from cases.models.appointment import AppointmentState
from core.models import Code
from core.working_days import is_working_day
from desk.appointments.shown import visible_times
from desk.matter.lists import matters_of
from desk.matter.words import for_lists
from municipalities.requests import MunicipalRequest
from records.notes.entry import Entry
from records.notes.steps import Situation

TIMES: Final = 3
SINCE: Final = datetime.timedelta(days=30)
"""A time that has passed longer ago is marked on its own page."""
WEEKS: Final = (1, 2, 4)
SLOT: Final = datetime.timedelta(minutes=30)
DAY: Final = datetime.timedelta(days=1)
TRIES: Final = 60
OFFICE: Final = (datetime.time(8), datetime.time(16))


class Around:
    """Each part is read when the page first asks for it."""

    def __init__(self, request: MunicipalRequest, client: Client) -> None:
        self.request, self.client = request, client

    @cached_property
    def workers(self) -> dict[int, User]:
        """Those who may see the client: nothing is left to somebody who could not read it."""
        mine = self.request.user
        return {mine.pk: mine} | {user.pk: user for user in who_may_see(self.client) if user.pk != mine.pk}

    @property
    def names(self) -> dict[int, str]:
        return {pk: user.name for pk, user in self.workers.items()}

    @cached_property
    def times(self) -> list[Appointment]:
        """Those up to the end of today that nobody has marked yet, the latest first."""
        end = timezone.localtime().replace(hour=23, minute=59)
        rows = visible_times(self.request).filter(
            client=self.client, state=AppointmentState.OFFERED, at__lte=end, at__gt=timezone.now() - SINCE
        )
        return [row for row in rows.order_by("-at", "-pk")[: TIMES * 2] if settles(self.request.user, row) is None][
            :TIMES
        ]

    def time(self, pk: int | None) -> Appointment | None:
        return next((one for one in self.times if one.pk == pk), None)

    @cached_property
    def matters(self) -> list[Matter]:
        """The open ones, one's own and the most pressing first."""
        rows = list(for_lists(matters_of(self.request, self.client).filter(closed_at=None)))
        mine = self.request.user.pk
        return sorted(rows, key=lambda one: (one.assignee_id != mine, one.due is None, one.due or one.arrived))

    @cached_property
    def _measurement(self) -> Measurement | None:
        return latest_measurement(self.client)

    @property
    def goals(self) -> list[Goal]:
        return list(self._measurement.goals.all()) if self._measurement else []

    @property
    def planned_methods(self) -> list[Code]:
        return [one.code for one in self._measurement.methods.all()] if self._measurement else []

    @cached_property
    def methods(self) -> list[Code]:
        return codes("methods", timezone.localdate())

    def situation(self, entry: Entry, matter: Matter | None) -> Situation:
        return Situation(self.request.user, self.client, matter, self.time(entry.appointment), self.workers)

    def free_times(self, base: datetime.datetime) -> list[datetime.datetime]:
        """The first free ones from the same time of the day, 1, 2 and 4 weeks later, of whoever writes."""
        base = rounded(base)
        wanted = [base + datetime.timedelta(weeks=n) for n in WEEKS]
        busy = set(
            Appointment.objects.filter(
                worker=self.request.user,
                municipality=self.request.municipality,
                state=AppointmentState.OFFERED,
                at__gt=wanted[0] - DAY,
                at__lt=wanted[-1] + 14 * DAY,
            ).values_list("at", flat=True)
        )
        return [first_free(one, busy) for one in wanted]


def rounded(at: datetime.datetime) -> datetime.datetime:
    """To the half hour, within office hours, in our time."""
    local = timezone.localtime(at).replace(second=0, microsecond=0)
    local = local.replace(minute=0 if local.minute < 30 else 30)
    if local.time() < OFFICE[0]:
        return local.replace(hour=OFFICE[0].hour, minute=0)
    return local if local.time() < OFFICE[1] else local.replace(hour=OFFICE[1].hour - 1, minute=0)


def first_free(wanted: datetime.datetime, busy: set[datetime.datetime]) -> datetime.datetime:
    for at in _slots(wanted):
        if is_working_day(at.date()) and not any(abs(at - other) < SLOT for other in busy):
            return at
    return wanted


def _slots(wanted: datetime.datetime) -> Iterator[datetime.datetime]:
    """From the wanted one on: later the same day, then the same time of the following days. The clock of the wall."""
    for days in range(TRIES):
        day = wanted.date() + days * DAY
        at = datetime.datetime.combine(day, wanted.time())
        while at.time() < OFFICE[1] and at.date() == day:
            yield timezone.make_aware(at)
            at += SLOT

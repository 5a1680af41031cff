"""The two stages of an application's clock in words: what was asked for and until when, what came, and the new time."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.matters.file import MatterFile
from cases.models import Deadline, InformationRequest, Matter
from cases.models.deadline import CountedFrom, Duty
from cases.models.information_request import RequestState
from core.dates import day_words, due_state, short_day
from desk.matter.deadline import over_words, reason
from desk.matter.sections import BEFORE, Opened, section


@dataclass(frozen=True, slots=True)
class Asked:
    """`state` draws what came of it: "late" when the time ran out, "done" when it came, else ""."""

    request: InformationRequest
    asked: str
    until: str
    outcome: str
    state: str
    new_time: str
    why: str


@section(BEFORE + 10, "desk/information/section.html")
def section_of_requests(opened: Opened) -> list[Asked]:
    return asked_for(opened.file, revealed=opened.revealed)


def asked_for(file: MatterFile, *, revealed: bool = False) -> list[Asked]:
    """The standing requests of an application with the time to decide that each brought, the latest first."""
    times = sorted((one for one in file.deadlines if one.duty == Duty.DECIDE_ASKED), key=lambda one: one.pk)
    return [
        _asked(request, time, file.matter, over_words(time, file, revealed=revealed))
        for request, time in reversed(list(zip(file.requests, times, strict=False)))
    ]


def _asked(request: InformationRequest, time: Deadline, matter: Matter, over: str) -> Asked:
    today = timezone.localdate()
    state = {RequestState.ANSWERED: "done", RequestState.EXPIRED: "late"}.get(RequestState(request.state), "")
    return Asked(
        request,
        f"{short_day(request.sent_on, today)}, {request.by.name}",
        day_words(request.limit, today),
        outcome(request, today),
        state,
        over or new_time(time, today),
        reason(time, matter),
    )


def outcome(request: InformationRequest, today: datetime.date) -> str:
    if request.answered_on:
        words = _("Came %(day)s") if request.answered_on <= request.limit else _("Came %(day)s, after the time given")
        return words % {"day": short_day(request.answered_on, today)}
    if request.limit < today:
        return _("The time ran out %(day)s") % {"day": short_day(request.limit, today)}
    return _("Not yet")


def new_time(time: Deadline, today: datetime.date) -> str:
    if due_state(time.due, today) == "late":
        return _("was due %(day)s") % {"day": short_day(time.due, today)}
    return _("by %(day)s") % {"day": day_words(time.due, today)}


def time_ran_out(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Those in which the time given for the information is over and nothing has been decided since."""
    clock = Deadline.objects.filter(
        matter=OuterRef("pk"),
        duty=Duty.DECIDE_ASKED,
        counted_from_what=CountedFrom.LIMIT,
        counted_from__lt=timezone.localdate(),
        met_on=None,
    )
    return matters.filter(Exists(clock)).order_by("due", "pk")

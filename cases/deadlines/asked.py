"""What requests for missing information mean for an application's clock: derived from the requests, never ticked."""

import datetime

from django.db.models import QuerySet

from cases.deadlines.rules import decide_asked
from cases.models import Deadline, InformationRequest, Matter
from cases.models.deadline import Duty
from cases.models.information_request import RequestState
from municipalities.models import LocalSettings


def standing_requests(matter: Matter) -> QuerySet[InformationRequest]:
    """The requests that were not withdrawn, in the order in which they were sent."""
    return InformationRequest.objects.filter(matter=matter).exclude(state=RequestState.WITHDRAWN).order_by("pk")


def days_of_asking(matter: Matter) -> tuple[datetime.date, ...]:
    return tuple(standing_requests(matter).values_list("sent_on", flat=True))


def times_after_asking(matter: Matter) -> list[Deadline]:
    """The time to decide that each standing request brought, in the same order."""
    return list(Deadline.objects.filter(matter=matter, duty=Duty.DECIDE_ASKED).order_by("pk"))


def keep_times_after_asking(matter: Matter) -> None:
    """One new time to decide for each standing request (toimeentulotukilaki 14 c §); that of a withdrawn one goes."""
    requests, rows = list(standing_requests(matter)), times_after_asking(matter)
    for place, request in enumerate(requests):
        _keep(matter, request, rows[place] if place < len(rows) else None)
    for row in rows[len(requests) :]:
        row.delete()


def _keep(matter: Matter, request: InformationRequest, row: Deadline | None) -> None:
    new = decide_asked(request.limit, request.answered_on)
    if row and (row.counted_from, row.counted_from_what) == (new.counted_from, new.counted_from_what):
        return
    reading = LocalSettings.objects.of(matter.municipality_id).reading
    new = decide_asked(request.limit, request.answered_on, reading)
    row = row or Deadline(municipality_id=matter.municipality_id, matter=matter, duty=new.duty, local=new.local)
    row.counted_from, row.counted_from_what = new.counted_from, new.counted_from_what
    row.working_days, row.due, row.outer = new.working_days, new.due, new.outer
    row.save()

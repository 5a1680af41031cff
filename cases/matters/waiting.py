"""What a matter waits for, and going on."""

import datetime

from django.utils import timezone

from cases.models import InformationRequest, Matter, MatterState
from cases.models.information_request import RequestState


def open_request(matter: Matter) -> InformationRequest | None:
    return InformationRequest.objects.filter(matter=matter, state=RequestState.OPEN).first()


def ran_out(request: InformationRequest, today: datetime.date) -> bool:
    """Whether the time given is over without an answer."""
    return request.state == RequestState.OPEN and request.limit < today


def wait_again(matter: Matter) -> bool:
    """A matter that goes on after all waits for what was asked for before, while the time given runs; unsaved."""
    request = open_request(matter)
    if request is None or ran_out(request, timezone.localdate()):
        return False
    matter.state, matter.waiting_until = MatterState.WAITING_INFORMATION, request.limit
    return True


def end_waiting(matter: Matter) -> None:
    """The information came, or is waited for no more; unsaved."""
    if matter.state == MatterState.WAITING_INFORMATION:
        matter.state = MatterState.IN_PROGRESS
        matter.waiting_until = None

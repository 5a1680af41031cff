"""The clock's part in requests for information: every hour, in every municipality."""

import logging

from django.utils import timezone

from cases.information.verbs import expire
from cases.models import InformationRequest
from cases.models.information_request import RequestState
from core.history import remember_actor
from core.row_security import across_municipalities

log = logging.getLogger(__name__)


def expire_requests() -> int:
    """End the waiting of requests whose time ran out before today, each in its own transaction; gives how many."""
    today = timezone.localdate()
    with across_municipalities("to find the requests whose time has run out"):
        overdue = InformationRequest.objects.filter(state=RequestState.OPEN, limit__lt=today).order_by("limit", "pk")
        found = list(overdue.values_list("pk", "municipality_id"))
    expired = 0
    for pk, code in found:
        try:
            with across_municipalities("the time given ran out, one municipality at a time", [code]):
                remember_actor(None, "the time given for information ran out")
                request = InformationRequest.objects.select_related("matter__client").get(pk=pk)
                expired += expire(request, today)
        except Exception as error:
            # the others still have theirs; this one is tried again in an hour
            log.error("information request %s was not ended: %s", pk, type(error).__name__)
    return expired

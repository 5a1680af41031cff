"""The week's release of held matters in every municipality that holds some."""

import logging

from cases.holds.verbs import release_of_week
from cases.models import Matter
from core.history import remember_actor
from core.row_security import across_municipalities

log = logging.getLogger(__name__)


def release_everywhere() -> int:
    """Each municipality in a transaction of its own; gives how many matters were released."""
    with across_municipalities("to find the municipalities that hold matters for capacity"):
        holding = Matter.objects.filter(held_since__isnull=False).order_by("municipality")
        codes = list(holding.values_list("municipality_id", flat=True).distinct())
    released = 0
    for code in codes:
        try:
            with across_municipalities("the weekly release of held matters, one municipality at a time", [code]):
                remember_actor(None, "weekly release of held matters")
                released += release_of_week(code)
        except Exception as error:
            # the other municipalities still have theirs; this one is tried again in an hour
            log.error("the held matters of municipality %s were not released: %s", code, type(error).__name__)
    return released

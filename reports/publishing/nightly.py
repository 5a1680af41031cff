"""What the worker publishes by itself: every period that has closed lately, of every municipality that works here."""

import datetime
import logging
from typing import Final

from core.row_security import across_municipalities
from core.saving import NotPossible
from municipalities.models import Membership, Municipality
from reports.models import Edition
from reports.publishing.periods import closed_periods
from reports.publishing.verbs import publish

logger = logging.getLogger(__name__)

BACK: Final = datetime.timedelta(days=40)
"""A worker that stood still for a month makes up for it; older periods are published by hand."""


def publish_closed(today: datetime.date) -> int:
    """How many editions were made. Those that there are stay; a second worker at the same time makes none."""
    working = Membership.objects.in_force(today).exclude(municipality=None).values("municipality")
    return sum(_publish_of(one, today) for one in Municipality.objects.filter(pk__in=working).order_by("pk"))


def _publish_of(municipality: Municipality, today: datetime.date) -> int:
    made = 0
    for period in closed_periods(municipality, today - BACK, today):
        with across_municipalities("the worker publishes one municipality after another", [municipality.pk]):
            if Edition.objects.filter(municipality=municipality, period=period.key).exists():
                continue
            try:
                made += publish(None, municipality, period)[1]
            except NotPossible as refusal:
                # a municipality without data, or an audit that failed: nothing is published
                logger.info("no edition of %s of %s: %s", period.key, municipality.code, refusal)
    return made

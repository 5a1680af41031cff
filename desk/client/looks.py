"""Who has looked at a client's data, from the access log."""

import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from cases.models import AccessLog, Client
from cases.models.access_log import Looked

DAYS = 90
"""How far back the page reads; the log itself goes back further, and older looks are asked for by a log request."""


def looks(client: Client) -> QuerySet[AccessLog]:
    since = timezone.now() - datetime.timedelta(days=DAYS)
    return AccessLog.objects.filter(
        municipality=client.municipality_id, at__gte=since, client_ids__contains=[client.pk]
    )


def lookers(client: Client, limit: int) -> list[dict[str, Any]]:
    """Each person with the number of looks and the last of them: what was opened, not lists that the client was in."""
    people = (
        looks(client)
        .exclude(action__in=[Looked.REFUSED, Looked.LISTED, Looked.SEARCHED])
        .order_by()
        .values("user", "user__name", "user__title")
    )
    return [dict(row) for row in people.annotate(times=Count("pk"), last=Max("at")).order_by("-last")[:limit]]

"""One domain event for one action of a service."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from cases.models import Client, Event, Matter


def record_event(
    kind: str,
    /,
    *,
    client: Client,
    actor: User | None,
    matter: Matter | None = None,
    at: datetime.datetime | None = None,
    **data: Any,
) -> Event:
    """`at` is when it happened, if not now. `data`: ids, codes, days as ISO text, a reason in the actor's words."""
    return Event.objects.create(
        municipality_id=client.municipality_id,
        client=client,
        matter=matter,
        kind=kind,
        actor=actor,
        at=at or timezone.now(),
        data={name: value for name, value in data.items() if value not in (None, "")},
    )

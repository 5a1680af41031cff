"""Writes the security log: a row that nobody can change, and a line for whoever watches from another system."""

import logging
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.core import context
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from accounts.models import SecurityEvent, User

Kind = SecurityEvent.Kind
Fact = str | int | bool | None

works_in: list[Callable[[set[int]], set[int]]] = []
"""From the numbers of people to those of the municipalities where they have a role now; the app above adds it."""

logger = logging.getLogger("osallistava.security")


def record(
    kind: SecurityEvent.Kind,
    *,
    request: HttpRequest | None = None,
    actor: User | None = None,
    person: User | None = None,
    municipality_number: int | None = None,
    **facts: Fact,
) -> SecurityEvent:
    """Remember the event; the actor is who sent the request (the one at work, if any) unless another is named.

    `facts` are codes and numbers: never what somebody typed, never a client's data. The line is written when the
    transaction has been kept, so that the stream tells of nothing that did not happen.
    """
    request = request or context.request
    if actor is None and request is not None and isinstance(getattr(request, "user", None), User):
        actor = request.user  # type: ignore[assignment]
    event = SecurityEvent.objects.create(
        kind=kind,
        actor=actor,
        person=person,
        municipality_number=municipality_number,
        told_in=places_of(actor, person) if municipality_number is None else [],
        network_address=network_address(request),
        facts=facts,
    )
    transaction.on_commit(lambda: logger.info(kind.value, extra={"event": as_line(event)}))
    return event


def places_of(*people: User | None) -> list[int]:
    numbers = {user.pk for user in people if user is not None}
    return sorted({place for find in works_in for place in find(numbers)}) if numbers else []


def network_address(request: HttpRequest | None) -> str | None:
    """Where the request came from, as the limits on signing in read it (behind a proxy, what the proxy saw)."""
    try:
        return get_adapter().get_client_ip(request) if request is not None else None
    except PermissionDenied:  # a server that does not say it
        return None


def as_line(event: SecurityEvent) -> dict[str, object]:
    """What another system gets: people by their numbers."""
    return {
        "event": event.kind,
        "at": event.at.isoformat(),
        "number": event.pk,
        "actor": event.actor_id,
        "person": event.person_id,
        "municipality": event.municipality_number,
        "network_address": event.network_address,
        **{f"fact_{name}": value for name, value in event.facts.items()},
    }

"""Writes and reads the log of what admins did."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from core.history import remember_actor
from core.row_security import across_municipalities
from municipalities.models import AdminAction, Municipality


def log(
    kind: AdminAction.Kind, actor: User, municipality: Municipality, person: User | None = None, **details: Any
) -> None:
    """Also names the actor to the change history of this transaction, so call it before the change."""
    remember_actor(actor.pk)
    with across_municipalities("an installation admin acts without a municipality of its own", [municipality.pk]):
        AdminAction.objects.create(kind=kind, actor=actor, municipality=municipality, person=person, details=details)


def actions_on(person: User, municipality: Municipality) -> list[AdminAction]:
    """What has been done to somebody's account in this municipality, the latest first."""
    with across_municipalities("an installation admin reads without a municipality of its own", [municipality.pk]):
        found: QuerySet[AdminAction] = AdminAction.objects.filter(municipality=municipality, person=person)
        return list(found.select_related("actor")[:50])

"""The second fence: what is visible to whom. One rule for clients, reused by everything that belongs to a client."""

import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipalities.access import Access, access_of
from municipalities.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User


def recently(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def unit_rule(access: Access) -> Q:
    """Matters on the desks of this person: without a unit or in an own unit; a supervisor's are all units."""
    return Q() if access.all_units else Q(unit=None) | Q(unit__in=access.unit_ids)


def matter_is_seen(access: Access) -> Q:
    """A matter of my unit, or of none, that is open or was closed within the set number of days."""
    return unit_rule(access) & (Q(closed_at=None) | Q(closed_at__gte=recently(settings.RELATION_DAYS)))


def is_ours() -> Q:
    """Of matters: not one that another municipality only asked to be taken.

    Until it is accepted, and for ever when it is returned or revoked, it shows itself and nothing else of the client.
    """
    from cases.models import Transfer

    asked = Transfer.objects.filter(matter=OuterRef("pk"), incoming=True).exclude(state="accepted")
    return ~Q(source="transfer") | Q(~Exists(asked))


def matter_gives_relation(access: Access) -> Q:
    return matter_is_seen(access) & is_ours()


def unrestricted(access: Access, path: str) -> Q:
    """Restricted clients are for named people only. `path` leads to the client: "" or "client__"."""
    from cases.models import RestrictedAccess

    named = RestrictedAccess.objects.filter(client=OuterRef(f"{path}pk"), user=access.user_id, ended=None)
    return Q(**{f"{path}restricted": False}) | Q(Exists(named))


def verified_relation(access: Access, path: str) -> Q:
    """Own worker, a case in my unit, a matter of my unit, or a client I made within a day (`domain.md`, Access)."""
    from cases.models import Case, Matter, OwnWorker

    client = OuterRef(f"{path}pk")
    if access.all_units:
        return Q()
    return (
        Q(Exists(Matter.objects.filter(matter_gives_relation(access), client=client)))
        | Q(Exists(OwnWorker.objects.filter(client=client, user=access.user_id, ended=None)))
        | Q(Exists(Case.objects.filter(client=client, unit__in=access.unit_ids, closed_at=None)))
        | Q(
            **{
                f"{path}created_by": access.user_id,
                f"{path}created_at__gte": recently(1),
            }
        )
    )


M = TypeVar("M", bound=models.Model, covariant=True)


class ClientOwnedQuerySet(models.QuerySet[M]):
    """Rows that belong to a client; `to_client` is the lookup path that leads there.

    `not_found` is said when a page asks for a row that is not there or not this person's to see, and `for_page`
    reads along what a page of one row shows: what `cases.access.reads.access` needs to know of a model.
    """

    to_client = "client__"
    not_found: str | Promise = _("There is no such page.")

    def for_page(self) -> Self:
        return self

    def visible_to(self, user: "User", municipality: Municipality) -> Self:
        """The rows of clients with whom this person has a verified relation in this municipality.

        Always names the municipality: the row-security policy alone cannot use an ordered index.
        """
        access = access_of(user, municipality)
        if not access.casework:
            return self.none()
        return self.filter(
            unrestricted(access, self.to_client),
            verified_relation(access, self.to_client),
            municipality=municipality,
        )

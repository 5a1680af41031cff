"""What a person is in a municipality today: the roles and units that every fence above the database asks for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from municipalities.models import Membership, Municipality
from municipalities.models.membership import CASEWORK, Role

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Access:
    """Roles and units of one person in one municipality. No roles: the municipality does not exist for the person."""

    user_id: int
    municipality_id: int
    roles: frozenset[str]
    unit_ids: frozenset[int]

    @property
    def casework(self) -> bool:
        """Whether the person may see clients by a verified relation at all."""
        return bool(self.roles & CASEWORK)

    @property
    def all_units(self) -> bool:
        return Role.SUPERVISOR in self.roles


def memberships_of(user: "User | AnonymousUser") -> list[Membership]:
    """The person's memberships in force, with unit, municipality and its settings; one query per user object."""
    if not user.is_authenticated:
        return []
    cached: list[Membership] | None = getattr(user, "_memberships", None)
    if cached is None:
        own = Membership.objects.in_force().filter(user=user.pk)
        cached = list(own.select_related("municipality__local_settings", "unit"))
        user._memberships = cached  # type: ignore[attr-defined]
    return cached


def access_of(user: "User | AnonymousUser", municipality: Municipality | int) -> Access:
    """The person's roles and units in a municipality, from the memberships in force today."""
    municipality_id = municipality if isinstance(municipality, int) else municipality.pk
    own = [m for m in memberships_of(user) if m.municipality_id == municipality_id]
    return Access(
        user_id=user.pk or 0,
        municipality_id=municipality_id,
        roles=frozenset(m.role for m in own),
        # of casework: a coordinator's unit, which one admin gives, must not open the unit's clients to a worker
        unit_ids=frozenset(m.unit_id for m in own if m.unit_id is not None and m.role in CASEWORK),
    )


def forget_memberships(user: "User") -> None:
    """Read the memberships anew after a change in the same request."""
    if hasattr(user, "_memberships"):
        del user._memberships


def municipalities_of(user_ids: set[int]) -> set[int]:
    """Where any of these people has a role today, for the security log: those municipalities read of them."""
    own = Membership.objects.in_force().filter(user__in=user_ids).exclude(municipality=None)
    return set(own.values_list("municipality", flat=True))

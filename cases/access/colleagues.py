"""Who of the municipality may see a client: those to whom something about the client can be left or asked."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from cases.models import Case, Client, Matter, OwnWorker, RestrictedAccess
from cases.models.owned import recently
from municipalities.models import Membership, Role
from municipalities.models.membership import CASEWORK


def who_may_see(client: Client) -> QuerySet[User]:
    """By the rule of `ClientOwnedQuerySet.visible_to`, turned around: in one statement, however many they are."""
    members = Membership.objects.in_force().filter(municipality=client.municipality_id, role__in=CASEWORK)
    matters = Matter.objects.filter(
        Q(closed_at=None) | Q(closed_at__gte=recently(settings.RELATION_DAYS)), client=client
    )
    cases = Case.objects.filter(client=client, closed_at=None)
    of_unit = Q(unit__in=matters.order_by().values("unit")) | Q(unit__in=cases.order_by().values("unit"))
    everybody = Q(Exists(matters.filter(unit=None))) | Q(role=Role.SUPERVISOR)
    named = OwnWorker.objects.filter(client=client, ended=None, user=OuterRef("user"))
    found = members.filter(of_unit | everybody | Q(Exists(named)))
    if client.restricted:
        found = found.filter(Exists(RestrictedAccess.objects.filter(client=client, user=OuterRef("user"), ended=None)))
    return User.objects.filter(is_active=True, pk__in=found.values("user")).order_by("name", "pk")

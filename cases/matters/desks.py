"""Whose desk a matter may lie on, and who decides on it."""

from django.utils import timezone

from accounts.models import User
from cases.models import Matter
from municipalities.access import access_of
from municipalities.models import Unit


def has_casework(user: User, municipality_id: int) -> bool:
    return access_of(user, municipality_id).casework


def sees(matter: Matter, user: User) -> bool:
    return Matter.objects.visible_to(user, matter.municipality).filter(pk=matter.pk).exists()


def may_decide(matter: Matter, user: User) -> bool:
    """Own and free matters are anybody's who sees them; those of colleagues are the supervisor's to move."""
    return matter.assignee_id in (None, user.pk) or access_of(user, matter.municipality_id).all_units


def desk_unit(matter: Matter, user: User) -> Unit | None:
    """The unit of a matter that comes to `user`: as it is if the person works there, else the person's own.

    Without this a colleague of another unit would hold a matter that the fences hide from them.
    """
    access = access_of(user, matter.municipality_id)
    if matter.unit_id is None or access.all_units or matter.unit_id in access.unit_ids:
        return matter.unit
    own = Unit.objects.filter(pk__in=access.unit_ids, municipality=matter.municipality_id, ended=None).first()
    return own or matter.unit


def give(matter: Matter, to: User) -> None:
    matter.assignee = to
    matter.assigned_at = timezone.now()
    matter.unit = desk_unit(matter, to)

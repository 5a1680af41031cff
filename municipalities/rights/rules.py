"""Who may touch whose account and rights, and whose word a right needs. The words say why not; "" is yes."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.saving import NotPossible
from municipalities.models import Membership, Municipality, RightRequest, Role, Unit
from municipalities.models.membership import NEEDS_SECOND


def why_not_account(actor: User, municipality: Municipality, person: User) -> str:
    """Why this actor may not touch the account (not the roles) of this person; empty when that is allowed.

    Whoever decides over an account can get into it, and so into every municipality where the person works.
    """
    if actor.pk == person.pk:
        return _("This is your own account. Another admin can do this.")
    if actor.is_installation_admin:
        return ""
    if person.is_installation_admin:
        return _("The person is an installation admin. Only another installation admin can do this.")
    if Membership.objects.filter(user=person).exclude(municipality=municipality).not_over().exists():
        return _("The person also works elsewhere: only an installation admin can do this. You can end the roles here.")
    if not Membership.objects.filter(user=person, municipality=municipality).exists():
        return _("The person has no role here yet.")
    return ""


def check_account(actor: User, municipality: Municipality, person: User) -> None:
    if reason := why_not_account(actor, municipality, person):
        raise NotPossible(reason)


def is_admin_of(user: User, municipality: Municipality) -> bool:
    """Whether this person may give rights here today; asked again of whoever asked for one or made a link."""
    if not user.is_active:
        return False
    own = Membership.objects.in_force().filter(user=user, municipality=municipality, role=Role.ADMIN)
    return user.is_installation_admin or own.exists()


def is_known_here_only(person: User, municipality: Municipality) -> bool:
    """Whether the account was made here, for here: somebody else's needs the yes of whoever reads its address."""
    own = Membership.objects.filter(user=person)
    elsewhere = own.exclude(municipality=municipality).exists()
    return not person.is_installation_admin and not elsewhere and own.exists()


def needs_second(role: str) -> bool:
    return role in NEEDS_SECOND


def opens_casework(person: User) -> bool:
    """Whether an account, once in use again, has a role that nobody gives alone."""
    return Membership.objects.not_over().filter(user=person, role__in=NEEDS_SECOND).exists()


def check_somebody_else(actor: User, person: User) -> None:
    """An admin does no casework: who sees clients, or those of another unit, is decided by two people."""
    if actor.pk == person.pk:
        raise NotPossible(_("You cannot change your own rights. Ask another admin to do it."))


def check_unit(municipality: Municipality, unit: Unit | None) -> None:
    if unit is not None and (unit.municipality_id != municipality.pk or unit.ended):
        raise NotPossible(_("The unit has ended or is not of this municipality."))


def check_not_over(membership: Membership) -> None:
    """The period of a role that is over is never written again: no end, no other unit, no later day."""
    if membership.is_over:
        raise NotPossible(_("The role has ended already. Give it anew if it goes on."))


def check_days(starts: datetime.date, ends: datetime.date | None, asked_on: datetime.date) -> None:
    """Of a role that is given: it begins on the day of asking at the earliest, and is not over when it comes."""
    if starts < asked_on:
        raise NotPossible(_("The first day cannot be in the past."), "starts")
    if ends is None:
        return
    if ends < starts:
        raise NotPossible(_("The last day must not be before the first day."), "ends")
    if ends < timezone.localdate():
        raise NotPossible(_("The last day has passed already."), "ends")


def check_not_asked_already(wanted: RightRequest) -> None:
    """One of the same at a time: a second press, or a second admin, finds the first one waiting."""
    same = RightRequest.objects.filter(
        municipality=wanted.municipality_id,
        person=wanted.person_id,
        what=wanted.what,
        role=wanted.role,
        unit=wanted.unit_id,
        membership=wanted.membership_id,
    )
    if same.waiting_for_second().exists() or same.waiting_for_person().exists():
        raise NotPossible(_("This has been asked for already, and waits for confirmation."))

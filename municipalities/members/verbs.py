"""People of a municipality: invitations, memberships and their accounts. Every change is logged."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.links.verbs import make_link
from accounts.models import User
from core.saving import NotPossible, check_row
from municipalities.admin_log import log
from municipalities.models import AdminAction, Membership, Municipality, Role, Unit

Kind = AdminAction.Kind
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Invitation:
    person: User
    token: str
    """Of the one-time link; empty when the person already has an account and needs none."""


@transaction.atomic
def invite(
    actor: User,
    municipality: Municipality,
    *,
    email: str,
    name: str,
    title: str = "",
    role: str,
    unit: Unit | None = None,
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
) -> Invitation:
    """Give somebody a membership, and an account if there is none with this address."""
    email = email.strip().lower()
    person = User.objects.filter(email=email).first()
    is_new = person is None
    if person is None:
        person = User.objects.create_user(email, name=name.strip(), title=title.strip())
    elif not person.is_active:
        raise NotPossible(
            _("There is an account with this address, but it is out of use. Take it into use again first.")
        )
    log(Kind.INVITED, actor, municipality, person)
    give_membership(actor, municipality, person, role=role, unit=unit, starts=starts, ends=ends)
    return Invitation(person, make_link(person) if is_new else "")


@transaction.atomic
def give_membership(
    actor: User,
    municipality: Municipality,
    person: User,
    *,
    role: str,
    unit: Unit | None = None,
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
) -> Membership:
    starts = starts or timezone.localdate()
    check_somebody_else(actor, person)
    check_unit(municipality, unit)
    if role == Role.RESEARCHER:
        raise NotPossible(_("A researcher belongs to no municipality."))
    same = Membership.objects.filter(user=person, municipality=municipality, role=role, unit=unit)
    overlaps = same.filter(Q(ends=None) | Q(ends__gte=starts))
    if ends:
        overlaps = overlaps.filter(starts__lte=ends)
    if overlaps.exists():
        raise NotPossible(_("The person already has this role in this unit at that time."))
    membership = Membership(
        user=person, municipality=municipality, role=role, unit=unit, starts=starts, ends=ends, given_by=actor
    )
    check_row(membership)
    log(Kind.GAVE_MEMBERSHIP, actor, municipality, person, **in_words(membership))
    membership.save()
    return membership


@transaction.atomic
def end_membership(actor: User, membership: Membership, last_day: datetime.date | None = None) -> None:
    """The last day on which the role is in force; without one it ends at once. One that never began is taken away."""
    municipality = municipality_of(membership)
    if is_last_own_admin(actor, membership):
        raise NotPossible(_("You cannot end your own role as admin. Ask another admin to do it."))
    today = timezone.localdate()
    if last_day is not None and last_day < today:
        raise NotPossible(_("The last day cannot be in the past."))
    end = last_day or today - DAY
    log(Kind.ENDED_MEMBERSHIP, actor, municipality, membership.user, **in_words(membership), ended=end.isoformat())
    if end < membership.starts:
        membership.delete()
        return
    membership.ends = end
    membership.save(update_fields=["ends"])


@transaction.atomic
def change_unit(actor: User, membership: Membership, unit: Unit | None) -> None:
    municipality = municipality_of(membership)
    check_somebody_else(actor, membership.user)
    check_unit(municipality, unit)
    log(Kind.CHANGED_UNIT, actor, municipality, membership.user, **in_words(membership), to=unit.name if unit else "")
    membership.unit = unit
    membership.save(update_fields=["unit"])


@transaction.atomic
def deactivate(actor: User, municipality: Municipality, person: User) -> None:
    """All sessions end at once."""
    check_account(actor, municipality, person)
    log(Kind.DEACTIVATED, actor, municipality, person)
    people.deactivate(person)


@transaction.atomic
def reactivate(actor: User, municipality: Municipality, person: User) -> None:
    check_account(actor, municipality, person)
    log(Kind.REACTIVATED, actor, municipality, person)
    people.reactivate(person)


@transaction.atomic
def reset_second_factor(actor: User, municipality: Municipality, person: User) -> None:
    """The person takes a new authenticator app into use at the next sign-in. Cannot be undone."""
    check_account(actor, municipality, person)
    log(Kind.RESET_SECOND_FACTOR, actor, municipality, person)
    people.remove_second_factor(person)


@transaction.atomic
def new_link(actor: User, municipality: Municipality, person: User) -> str:
    """The token of a new one-time link; an earlier invitation stops working."""
    check_account(actor, municipality, person)
    if not person.is_active:
        raise NotPossible(_("The account is out of use. Take it into use again first."))
    log(Kind.MADE_LINK, actor, municipality, person)
    return make_link(person)


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
    return ""


def check_account(actor: User, municipality: Municipality, person: User) -> None:
    if reason := why_not_account(actor, municipality, person):
        raise NotPossible(reason)


def check_somebody_else(actor: User, person: User) -> None:
    """An admin does no casework: who sees clients, or those of another unit, is decided by two people."""
    if actor.pk == person.pk:
        raise NotPossible(_("You cannot change your own rights. Ask another admin to do it."))


def is_last_own_admin(actor: User, membership: Membership) -> bool:
    if membership.user_id != actor.pk or membership.role != Role.ADMIN:
        return False
    others = Membership.objects.in_force().filter(
        user=actor, municipality=membership.municipality_id, role=Role.ADMIN, ends=None
    )
    return not others.exclude(pk=membership.pk).exists()


def check_unit(municipality: Municipality, unit: Unit | None) -> None:
    if unit is not None and (unit.municipality_id != municipality.pk or unit.ended):
        raise NotPossible(_("The unit has ended or is not of this municipality."))


def municipality_of(membership: Membership) -> Municipality:
    if membership.municipality is None:
        raise NotPossible(_("A researcher's role belongs to no municipality."))
    return membership.municipality


def in_words(membership: Membership) -> dict[str, str]:
    return {
        "role": membership.role,
        "unit": membership.unit.name if membership.unit else "",
        "starts": membership.starts.isoformat(),
        "ends": membership.ends.isoformat() if membership.ends else "",
    }

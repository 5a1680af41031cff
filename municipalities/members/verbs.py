"""People of a municipality: invitations, memberships and their accounts. Every change is logged.

What gives or widens a right goes through `municipalities.rights`, which knows whom it needs; what narrows one is done.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.links.verbs import make_link
from accounts.models import User
from accounts.notices import tell
from accounts.security_log import Kind as Event
from accounts.security_log import record
from core.saving import NotPossible
from municipalities.admin_log import log
from municipalities.models import AdminAction, Membership, Municipality, RightRequest, Role, Unit
from municipalities.rights import rules
from municipalities.rights.applying import in_words, locked
from municipalities.rights.rules import check_account, check_somebody_else
from municipalities.rights.verbs import Outcome, ask

Kind = AdminAction.Kind
What = RightRequest.What
DAY = datetime.timedelta(days=1)


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
    reason: str = "",
) -> Outcome:
    """Ask a role for somebody, and make an account if there is none with this address."""
    email = email.strip().lower()
    person = User.objects.filter(email=email).first()
    is_new = person is None
    if person is None:
        person = User.objects.create_user(email, name=name.strip(), title=title.strip())
    check_somebody_else(actor, person)
    log(Kind.INVITED, actor, municipality, person)
    return give_role(
        actor,
        municipality,
        person,
        role=role,
        unit=unit,
        starts=starts,
        ends=ends,
        reason=reason,
        new_account=is_new,
    )


@transaction.atomic
def give_role(
    actor: User,
    municipality: Municipality,
    person: User,
    *,
    role: str,
    unit: Unit | None = None,
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
    reason: str = "",
    new_account: bool = False,
) -> Outcome:
    """At once, after a second person, after the person's own yes, or after both."""
    wanted = RightRequest(
        municipality=municipality,
        person=person,
        what=What.ROLE,
        role=role,
        unit=unit,
        starts=starts or timezone.localdate(),
        ends=ends,
        must_accept=not new_account and not rules.is_known_here_only(person, municipality),
        new_account=new_account,
        asked_by=actor,
        reason=reason,
    )
    return ask(wanted, second=rules.needs_second(role))


@transaction.atomic
def end_role(
    actor: User, membership: Membership, last_day: datetime.date | None = None, reason: str = ""
) -> Outcome | None:
    """The last day on which the role is in force; without one it ends at once. One that never began is taken away.

    A day after the present one makes the role longer: that is asked for, like a new role. What is over stays as it
    was: who had which role when is history.
    """
    municipality = municipality_of(membership)
    membership = locked(membership.pk)
    if last_day is not None and last_day < timezone.localdate():
        raise NotPossible(_("The last day cannot be in the past."), "last_day")
    if is_longer(membership, last_day):
        wanted = widening(What.LONGER, actor, membership, reason, ends=last_day)
        return ask(wanted, second=rules.needs_second(membership.role))
    if is_last_own_admin(actor, membership):
        raise NotPossible(_("You cannot end your own role as admin. Ask another admin to do it."))
    end_membership(actor, municipality, membership, last_day or timezone.localdate() - DAY)
    return None


def end_membership(actor: User, municipality: Municipality, membership: Membership, end: datetime.date) -> None:
    log(Kind.ENDED_MEMBERSHIP, actor, municipality, membership.user, **in_words(membership), ended=end.isoformat())
    record(
        Event.RIGHT_ENDED,
        actor=actor,
        person=membership.user,
        municipality_number=municipality.pk,
        role=membership.role,
        last_day=end.isoformat(),
    )
    tell(membership.user, "right_ended")
    if end < membership.starts:
        membership.delete()
        return
    membership.ends = end
    membership.save(update_fields=["ends"])


def is_longer(membership: Membership, last_day: datetime.date | None) -> bool:
    return last_day is not None and membership.ends is not None and last_day > membership.ends


@transaction.atomic
def change_unit(actor: User, membership: Membership, unit: Unit | None, reason: str = "") -> Outcome:
    """Another unit is other clients: it is asked for, like a new role."""
    municipality_of(membership)
    membership = locked(membership.pk)
    if unit == membership.unit:
        raise NotPossible(_("The person is in this unit already."), "unit")
    wanted = widening(What.UNIT, actor, membership, reason, unit=unit)
    return ask(wanted, second=rules.needs_second(membership.role))


def widening(
    what: RightRequest.What,
    actor: User,
    membership: Membership,
    reason: str,
    unit: Unit | None = None,
    ends: datetime.date | None = None,
) -> RightRequest:
    return RightRequest(
        municipality=municipality_of(membership),
        person=membership.user,
        what=what,
        membership=membership,
        unit=unit,
        ends=ends,
        asked_by=actor,
        reason=reason,
    )


@transaction.atomic
def deactivate(actor: User, municipality: Municipality, person: User) -> None:
    """All sessions end at once."""
    check_account(actor, municipality, person)
    log(Kind.DEACTIVATED, actor, municipality, person)
    people.deactivate(person)
    record(Event.ACCOUNT_STOPPED, actor=actor, person=person, municipality_number=municipality.pk)
    tell(person, "account_stopped")


@transaction.atomic
def reactivate(actor: User, municipality: Municipality, person: User, reason: str = "") -> Outcome:
    """An account that has roles which nobody gives alone comes back only with a second person."""
    if person.is_active:
        raise NotPossible(_("The account is in use already."))
    wanted = RightRequest(municipality=municipality, person=person, what=What.RESTORE, asked_by=actor, reason=reason)
    return ask(wanted, second=rules.opens_casework(person))


@transaction.atomic
def reset_second_factor(actor: User, municipality: Municipality, person: User, reason: str = "") -> Outcome:
    """The person takes a new authenticator app into use at the next sign-in. Cannot be undone."""
    wanted = RightRequest(
        municipality=municipality, person=person, what=What.SECOND_FACTOR, asked_by=actor, reason=reason
    )
    return ask(wanted, second=True)


@transaction.atomic
def new_link(actor: User, municipality: Municipality, person: User) -> str:
    """The token of a new one-time link; an earlier invitation stops working."""
    check_account(actor, municipality, person)
    if not person.is_active:
        raise NotPossible(_("The account is out of use. Take it into use again first."))
    log(Kind.MADE_LINK, actor, municipality, person)
    record(Event.LINK_MADE, actor=actor, person=person, municipality_number=municipality.pk, purpose="invitation")
    return make_link(person, made_by=actor, municipality_number=municipality.pk)


def is_last_own_admin(actor: User, membership: Membership) -> bool:
    if membership.user_id != actor.pk or membership.role != Role.ADMIN:
        return False
    others = Membership.objects.in_force().filter(
        user=actor, municipality=membership.municipality_id, role=Role.ADMIN, ends=None
    )
    return not others.exclude(pk=membership.pk).exists()


def municipality_of(membership: Membership) -> Municipality:
    if membership.municipality is None:
        raise NotPossible(_("A researcher's role belongs to no municipality."))
    return membership.municipality

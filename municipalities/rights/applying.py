"""A right comes into force: everything that it needed is there. What decided that it may be is asked once more."""

import datetime
from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import people
from accounts.models import User
from accounts.notices import tell
from accounts.security_log import Kind as Event
from accounts.security_log import record
from core.saving import NotPossible, check_row
from municipalities.admin_log import log
from municipalities.models import AdminAction, Membership, RightRequest, Role
from municipalities.rights import rules

Kind = AdminAction.Kind
What = RightRequest.What


def check(wanted: RightRequest) -> None:
    """Whether it can be asked for, and can still come into force. Raises NotPossible with the words why not."""
    asker, municipality, person = wanted.asked_by, wanted.municipality, wanted.person
    if not rules.is_admin_of(asker, municipality):
        raise NotPossible(_("Whoever asked for this is no admin any more. Ask for it anew."))
    rules.check_somebody_else(asker, person)
    if wanted.what in {What.SECOND_FACTOR, What.RESTORE}:
        rules.check_account(asker, municipality, person)
    else:
        check_right(wanted)


def check_right(wanted: RightRequest) -> None:
    if not wanted.person.is_active:
        raise NotPossible(
            _("There is an account with this address, but it is out of use. Take it into use again first.")
        )
    rules.check_unit(wanted.municipality, wanted.unit)
    if wanted.what == What.ROLE:
        check_role(wanted)
    elif wanted.membership is None:
        raise NotPossible(_("The role is not there any more."))
    else:
        rules.check_not_over(wanted.membership)
        if wanted.what == What.LONGER:
            check_longer(wanted.membership, wanted.ends)


def check_longer(membership: Membership, ends: datetime.date | None) -> None:
    """Between asking and confirming, somebody else may have given the role a day that is later still."""
    if membership.ends is None or (ends is not None and ends <= membership.ends):
        raise NotPossible(_("The role lasts as long as that already."))


def check_role(wanted: RightRequest) -> None:
    if wanted.role == Role.RESEARCHER:
        raise NotPossible(_("A researcher belongs to no municipality."))
    starts = wanted.starts or timezone.localdate()
    rules.check_days(starts, wanted.ends, timezone.localdate(wanted.asked_at))
    same = Membership.objects.filter(
        user=wanted.person_id, municipality=wanted.municipality_id, role=wanted.role, unit=wanted.unit_id
    )
    overlaps = same.filter(Q(ends=None) | Q(ends__gte=max(starts, timezone.localdate())))
    if wanted.ends:
        overlaps = overlaps.filter(starts__lte=wanted.ends)
    if overlaps.exists():
        raise NotPossible(_("The person already has this role in this unit at that time."))
    check_row(membership_of(wanted))


def membership_of(wanted: RightRequest) -> Membership:
    """It begins today at the earliest: while a request waited, nothing of it was in force."""
    return Membership(
        user=wanted.person,
        municipality=wanted.municipality,
        role=wanted.role,
        unit=wanted.unit,
        starts=max(wanted.starts or timezone.localdate(), timezone.localdate()),
        ends=wanted.ends,
        given_by=wanted.asked_by,
        confirmed_by=wanted.decided_by,
    )


def apply(wanted: RightRequest, actor: User) -> None:
    """`actor` is whose deed brings it into force: the asker alone, the second person, or who accepts the role."""
    check(wanted)
    HOW[What(wanted.what)](wanted, actor)


def give_role(wanted: RightRequest, actor: User) -> None:
    membership = membership_of(wanted)
    log(Kind.GAVE_MEMBERSHIP, actor, wanted.municipality, wanted.person, **in_words(membership), **asked(wanted, actor))
    membership.save()
    wanted.starts, wanted.membership = membership.starts, membership
    given(wanted, actor, membership.role)


def change_unit(wanted: RightRequest, actor: User) -> None:
    membership = held(wanted)
    to = wanted.unit.name if wanted.unit else ""
    log(
        Kind.CHANGED_UNIT,
        actor,
        wanted.municipality,
        wanted.person,
        **in_words(membership),
        to=to,
        **asked(wanted, actor),
    )
    membership.unit = wanted.unit
    membership.confirmed_by = wanted.decided_by
    membership.save(update_fields=["unit", "confirmed_by"])
    given(wanted, actor, membership.role)


def make_longer(wanted: RightRequest, actor: User) -> None:
    membership = held(wanted)
    membership.ends = wanted.ends
    membership.confirmed_by = wanted.decided_by
    log(
        Kind.EXTENDED_MEMBERSHIP,
        actor,
        wanted.municipality,
        wanted.person,
        **in_words(membership),
        **asked(wanted, actor),
    )
    membership.save(update_fields=["ends", "confirmed_by"])
    given(wanted, actor, membership.role)


def reset_second_factor(wanted: RightRequest, actor: User) -> None:
    log(Kind.RESET_SECOND_FACTOR, actor, wanted.municipality, wanted.person, **asked(wanted, actor))
    people.remove_second_factor(wanted.person)
    record(
        Event.SECOND_FACTOR_REMOVED,
        actor=actor,
        person=wanted.person,
        municipality_number=wanted.municipality_id,
        asked_by=wanted.asked_by_id,
    )
    tell(wanted.person, "reset_done")


def restore(wanted: RightRequest, actor: User) -> None:
    log(Kind.REACTIVATED, actor, wanted.municipality, wanted.person, **asked(wanted, actor))
    people.reactivate(wanted.person)
    record(
        Event.ACCOUNT_RESTORED,
        actor=actor,
        person=wanted.person,
        municipality_number=wanted.municipality_id,
        asked_by=wanted.asked_by_id,
    )
    tell(wanted.person, "account_restored")


HOW: dict[RightRequest.What, Callable[[RightRequest, User], None]] = {
    What.ROLE: give_role,
    What.UNIT: change_unit,
    What.LONGER: make_longer,
    What.SECOND_FACTOR: reset_second_factor,
    What.RESTORE: restore,
}


def given(wanted: RightRequest, actor: User, role: str) -> None:
    record(
        Event.RIGHT_GIVEN,
        actor=actor,
        person=wanted.person,
        municipality_number=wanted.municipality_id,
        what=wanted.what,
        role=role,
        starts=day(wanted.starts),
        asked_by=wanted.asked_by_id,
        confirmed_by=wanted.decided_by_id,
    )
    if not wanted.new_account:
        tell(wanted.person, "right_given")


def held(wanted: RightRequest) -> Membership:
    """The membership that is widened, locked; asked once more whether it can be, as it is now."""
    membership = locked(wanted.membership_id)
    if wanted.what == What.LONGER:
        check_longer(membership, wanted.ends)
    return membership


def locked(pk: int | None) -> Membership:
    """A role that is not over, held so that nobody else writes its days meanwhile."""
    rows = Membership.objects.select_for_update(of=("self",)).select_related("municipality", "unit", "user")
    membership = rows.filter(pk=pk or 0).first()
    if membership is None:
        raise NotPossible(_("The role is not there any more."))
    rules.check_not_over(membership)
    return membership


def asked(wanted: RightRequest, actor: User) -> dict[str, str]:
    """Who asked and who confirmed, for the sentence in the log of what was done to the person."""
    names = {} if wanted.asked_by_id == actor.pk else {"asked_by": wanted.asked_by.name}
    if wanted.decided_by is not None and wanted.decided_by_id != actor.pk:
        names["confirmed_by"] = wanted.decided_by.name
    return names | ({"reason": wanted.reason} if wanted.reason else {})


def in_words(membership: Membership) -> dict[str, str]:
    return {
        "role": membership.role,
        "unit": membership.unit.name if membership.unit else "",
        "starts": day(membership.starts),
        "ends": day(membership.ends),
    }


def day(value: datetime.date | None) -> str:
    return value.isoformat() if value else ""

"""The way of a right from being asked for to being in force: a second person, the person, and every end on the way."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.links.verbs import Purpose, end_links, make_link
from accounts.models import User
from accounts.notices import tell
from accounts.security_log import Kind as Event
from accounts.security_log import record
from core.saving import NotPossible
from municipalities.admin_log import log
from municipalities.models import AdminAction, Membership, RightRequest
from municipalities.rights import rules
from municipalities.rights.applying import apply, check, day
from municipalities.rights.confirmers import confirmers, why_not_confirm

Kind = AdminAction.Kind
What = RightRequest.What
State = RightRequest.State

ASKED_NOTICE = {What.SECOND_FACTOR: "reset_asked", What.RESTORE: "restore_asked"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the right stands, and the link to send by e-mail, if it needs one."""

    wanted: RightRequest
    token: str = ""

    @property
    def state(self) -> RightRequest.State:
        return State(self.wanted.state)

    @property
    def membership(self) -> Membership | None:
        """The role, when it is in force."""
        if self.state != State.DONE:
            return None
        own = Membership.objects.filter(user=self.wanted.person, municipality=self.wanted.municipality)
        return own.filter(role=self.wanted.role, unit=self.wanted.unit).order_by("-pk").first()


@transaction.atomic
def ask(wanted: RightRequest, *, second: bool) -> Outcome:
    """Bring it into force, or let it wait for whom it needs. `second`: whether it takes a second person.

    The first admin of a municipality has nobody to be confirmed by: the only installation admin gives the role alone.
    """
    actor = wanted.asked_by
    check(wanted)
    rules.check_not_asked_already(wanted)
    if wanted.must_accept:
        end_links(wanted.person)
    if second and confirmers_missing(wanted):
        second = False
    if second:
        if not wanted.reason:
            raise NotPossible(_("Write the reason: another person decides by it."), "reason")
        wanted.state = State.SECOND
        wanted.save()
        told(Kind.ASKED_RIGHT, Event.RIGHT_ASKED, wanted, actor)
        if not wanted.new_account:
            tell(wanted.person, ASKED_NOTICE.get(What(wanted.what), "right_asked"))
        return Outcome(wanted)
    return go_on(wanted, actor)


def confirmers_missing(wanted: RightRequest) -> bool:
    """Nobody but the only installation admin could: then that one gives alone. Others wait until there is somebody."""
    if confirmers(wanted.municipality, wanted.asked_by, wanted.person):
        return False
    if wanted.asked_by.is_installation_admin:
        return True
    raise NotPossible(
        _("There is nobody who could confirm this. Whoever runs the service makes an installation admin first.")
    )


@transaction.atomic
def confirm(actor: User, wanted: RightRequest, decision: str) -> Outcome:
    """The second person says yes."""
    wanted = claim(wanted, State.SECOND)
    if reason := why_not_confirm(actor, wanted):
        raise NotPossible(reason)
    wanted.decided_by, wanted.decided_at, wanted.decision = actor, timezone.now(), decision
    check(wanted)
    told(Kind.CONFIRMED_RIGHT, None, wanted, actor)
    return go_on(wanted, actor)


def go_on(wanted: RightRequest, actor: User) -> Outcome:
    """After the second person, or without one: the person accepts, or it comes into force."""
    if wanted.must_accept:
        return offer(wanted)
    apply(wanted, actor)
    wanted.state = State.DONE
    if wanted.pk:
        wanted.save()
    return Outcome(wanted, invitation(wanted) if wanted.new_account else "")


def invitation(wanted: RightRequest) -> str:
    record_link(wanted, Purpose.INVITATION)
    return make_link(wanted.person, made_by=wanted.asked_by, municipality_number=wanted.municipality_id)


def offer(wanted: RightRequest) -> Outcome:
    """Links of before end: whoever holds one must not be the one who accepts."""
    end_links(wanted.person)
    wanted.state, wanted.offered_at = State.PERSON, timezone.now()
    wanted.save()
    return Outcome(wanted, offer_link(wanted))


def offer_link(wanted: RightRequest) -> str:
    record_link(wanted, Purpose.OFFER)
    return make_link(wanted.person, Purpose.OFFER, made_by=wanted.asked_by, municipality_number=wanted.municipality_id)


def record_link(wanted: RightRequest, purpose: Purpose) -> None:
    record(
        Event.LINK_MADE, person=wanted.person, municipality_number=wanted.municipality_id, purpose=purpose, by="right"
    )


@transaction.atomic
def refuse(actor: User, wanted: RightRequest, decision: str) -> None:
    wanted = claim(wanted, State.SECOND)
    if reason := why_not_confirm(actor, wanted):
        raise NotPossible(reason)
    wanted.decided_by, wanted.decided_at, wanted.decision = actor, timezone.now(), decision
    end(wanted, State.REFUSED)
    told(Kind.REFUSED_RIGHT, Event.RIGHT_REFUSED, wanted, actor)
    if not wanted.new_account:
        tell(wanted.person, "right_refused")


@transaction.atomic
def withdraw(actor: User, wanted: RightRequest) -> None:
    """The asker takes it back, from the second person or from the person."""
    wanted = claim(wanted, State.SECOND, State.PERSON)
    if actor.pk != wanted.asked_by_id:
        raise NotPossible(_("Only the one who asked for this can withdraw it."))
    if wanted.state == State.PERSON:
        end_offer_link(wanted)
    wanted.answered_at = timezone.now()
    end(wanted, State.WITHDRAWN)
    told(Kind.WITHDREW_RIGHT, Event.RIGHT_REFUSED, wanted, actor)


@transaction.atomic
def accept(person: User, wanted: RightRequest) -> None:
    """The person takes the offered role. That it is the person, signed in afresh, is for the page to know."""
    wanted = claim(wanted, State.PERSON)
    check_own(person, wanted)
    wanted.answered_at = timezone.now()
    told(Kind.ACCEPTED_RIGHT, None, wanted, person)
    apply(wanted, person)
    end_offer_link(wanted)
    end(wanted, State.DONE)


@transaction.atomic
def decline(person: User, wanted: RightRequest) -> None:
    wanted = claim(wanted, State.PERSON)
    check_own(person, wanted)
    wanted.answered_at = timezone.now()
    end_offer_link(wanted)
    end(wanted, State.DECLINED)
    told(Kind.DECLINED_RIGHT, Event.RIGHT_REFUSED, wanted, person)


@transaction.atomic
def let_run_out() -> int:
    """End what nobody answered in a week. How many there were."""
    count = 0
    for wanted in RightRequest.objects.run_out().select_for_update(skip_locked=True, of=("self",)):
        end(wanted, State.RAN_OUT)
        record(
            Event.RIGHT_REFUSED,
            person=wanted.person,
            municipality_number=wanted.municipality_id,
            what=wanted.what,
            role=role_of(wanted),
            state=wanted.state,
        )
        count += 1
    return count


def claim(wanted: RightRequest, *states: RightRequest.State) -> RightRequest:
    """The row, locked; refused when it waits no longer, or not for this."""
    row = (
        RightRequest.objects.select_for_update(of=("self",))
        .select_related("municipality", "person", "unit", "membership__unit", "asked_by", "decided_by")
        .get(pk=wanted.pk)
    )
    too_old = RightRequest.objects.run_out().filter(pk=row.pk).exists()
    if row.state not in states or too_old:
        raise NotPossible(_("This does not wait any more: it was answered or withdrawn, or its time ran out."))
    return row


def end(wanted: RightRequest, state: RightRequest.State) -> None:
    wanted.state = state
    wanted.save()


def end_offer_link(wanted: RightRequest) -> None:
    """Unless another offer waits for the same person."""
    others = RightRequest.objects.waiting_for_person().filter(person=wanted.person_id).exclude(pk=wanted.pk)
    if not others.exists():
        wanted.person.one_time_links.filter(purpose=Purpose.OFFER).delete()


def check_own(person: User, wanted: RightRequest) -> None:
    if person.pk != wanted.person_id:
        raise NotPossible(_("This was offered to somebody else."))


def role_of(wanted: RightRequest) -> str:
    return wanted.role or (wanted.membership.role if wanted.membership else "")


def told(kind: AdminAction.Kind, event: Event | None, wanted: RightRequest, actor: User) -> None:
    """Into the log of what admins did, and into the security log where nothing else tells of it."""
    facts = {
        "what": wanted.what,
        "role": role_of(wanted),
        "unit": wanted.unit.name if wanted.unit else "",
        "starts": day(wanted.starts),
        "ends": day(wanted.ends),
        "reason": wanted.reason if kind == Kind.ASKED_RIGHT else wanted.decision,
    }
    log(kind, actor, wanted.municipality, wanted.person, **facts)
    if event is not None:
        record(
            event,
            actor=actor,
            person=wanted.person,
            municipality_number=wanted.municipality_id,
            what=wanted.what,
            role=facts["role"],
            state=wanted.state,
        )

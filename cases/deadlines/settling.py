"""What meets a deadline, derived from facts: nobody ticks a deadline off."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from django.utils import timezone

from cases.deadlines.asked import days_of_asking, keep_times_after_asking
from cases.deadlines.attempts import attempts_of
from cases.deadlines.meeting import meeting
from cases.deadlines.next_date import keep_next_date
from cases.models import Act, Contact, Matter, MatterKind
from cases.models.act import BOOKED
from cases.models.appointment import CANCELLED
from cases.models.deadline import Duty
from cases.models.matter import Outcome

DECIDING = frozenset({Duty.DECIDE, Duty.DECIDE_URGENT, Duty.DECIDE_ASKED})
SETTLED = ("due", "attempts", "last_contact_at", "remind_on", "time_on")
"""The columns of a matter that settling keeps."""
SETTLES_APPLICATION = frozenset(
    {Outcome.SUPPORT_GRANTED, Outcome.SUPPORT_REFUSED, Outcome.WRONG_OR_WITHDRAWN, Outcome.TRANSFERRED}
)
# closing with these is doing what was due; with the others the duty only ended
DECIDED = frozenset({Outcome.SUPPORT_GRANTED, Outcome.SUPPORT_REFUSED})
MET_THEN = frozenset({Outcome.MET_NO_NEED})
ASSESSED = MET_THEN | {Outcome.ASSESSMENT_MADE, Outcome.PLAN_MADE}
DONE_BY_CLOSING: dict[str, frozenset[str]] = {
    Duty.DISCUSS: MET_THEN,
    Duty.PLAN: frozenset({Outcome.PLAN_MADE}),
    Duty.ASSESS: ASSESSED,
    Duty.ASSESS_URGENT: ASSESSED,
    Duty.ACTIVATE: ASSESSED,
    Duty.INTEGRATE: ASSESSED,
}


class Met(Enum):
    """How a deadline was met: the duty was done, or it ended in another way."""

    DONE = auto()
    ASKED = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Facts:
    """What can meet a deadline: acts that stand, the closing, the days on which missing information was asked for."""

    acts: tuple[Act, ...]
    closed: datetime.date | None
    outcome: str
    asked: tuple[datetime.date, ...] = ()


def met_on(duty: str, facts: Facts, since: datetime.date) -> datetime.date | None:
    """The day on which the duty was done, None while it is not (`domain.md`, What meets a deadline).

    A clock that began later (`since`) is not met by a request that was sent before.
    """
    if duty in DECIDING:
        decided = facts.closed if facts.outcome in SETTLES_APPLICATION else None
        asked = [day for day in facts.asked if day >= since]
        return min([*asked, decided] if decided else asked, default=None)
    act = doing_act(duty, facts, since)
    days = [act.day if act else None, facts.closed if duty != Duty.DISCUSS or facts.outcome in MET_THEN else None]
    return min((day for day in days if day), default=None)


def doing_act(duty: str, facts: Facts, since: datetime.date) -> Act | None:
    """The first of the acts that does this duty."""
    kinds = meeting(duty, since)
    return min((act for act in facts.acts if act.kind in kinds), key=lambda act: (act.day, act.pk or 0), default=None)


def how_met(duty: str, facts: Facts, since: datetime.date, day: datetime.date) -> Met:
    """What happened on the day on which the duty was met."""
    if duty in DECIDING:
        if facts.closed != day or facts.outcome not in SETTLES_APPLICATION:
            return Met.ASKED
        return Met.DONE if facts.outcome in DECIDED else Met.CLOSED
    act = doing_act(duty, facts, since)
    done = act is not None and act.day <= day
    return Met.DONE if done or facts.outcome in DONE_BY_CLOSING[duty] else Met.CLOSED


def facts_of(matter: Matter, acts: Iterable[Act], asked: Iterable[datetime.date]) -> Facts:
    """`acts` of the matter that stand (`standing`), `asked` the days of its standing requests for information."""
    return Facts(
        acts=tuple(acts),
        closed=timezone.localdate(matter.closed_at) if matter.closed_at else None,
        outcome=matter.outcome,
        asked=tuple(asked),
    )


def standing(acts: Iterable[Act], cancelled: Collection[int]) -> list[Act]:
    """Without those taken back, and without bookings whose time was cancelled and not moved (`cancelled`: keys)."""
    return [
        act
        for act in acts
        if act.taken_back_at is None and not (act.kind in BOOKED and act.appointment_id in cancelled)
    ]


def acts_of(matter: Matter) -> list[Act]:
    """Those that stand."""
    acts = list(Act.objects.filter(matter=matter).select_related("appointment").order_by("day", "pk"))
    times = {act.appointment.pk: act.appointment for act in acts if act.appointment}
    return standing(acts, {pk for pk, time in times.items() if time.state in CANCELLED})


def contacts_of(matter: Matter) -> list[Contact]:
    return list(Contact.objects.filter(matter=matter).order_by("at", "pk"))


def settle(matter: Matter) -> None:
    """Bring the deadlines up to date in the database, and due day, attempts and last contact on `matter`, unsaved."""
    contacts = contacts_of(matter)
    asked = days_of_asking(matter) if matter.kind == MatterKind.APPLICATION else ()
    facts = facts_of(matter, acts_of(matter), asked)
    if matter.kind == MatterKind.APPLICATION:
        keep_times_after_asking(matter)
    unmet, times = [], 0
    for deadline in matter.deadlines.order_by("pk"):
        if deadline.told_before:
            continue
        known = facts
        if deadline.duty == Duty.DECIDE_ASKED:
            # a request does not meet the time that it brought itself, the next one does
            times += 1
            known = replace(facts, asked=facts.asked[times:])
        day = met_on(deadline.duty, known, deadline.counted_from)
        if day != deadline.met_on:
            deadline.met_on = day
            deadline.save(update_fields=["met_on"])
        if day is None:
            unmet.append(deadline.due)
    matter.due = min(unmet, default=None) if matter.is_open else None
    matter.attempts = len(attempts_of(contacts))
    matter.last_contact_at = contacts[-1].at if contacts else None
    keep_next_date(matter)


def settle_deadlines(matter: Matter) -> None:
    """As `settle`, and save: for whoever changed a matter's deadlines or facts without `changing`."""
    settle(matter)
    matter.save(update_fields=SETTLED)

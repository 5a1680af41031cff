"""What meets a deadline, derived from facts: nobody ticks a deadline off."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from django.utils import timezone

from cases.deadlines.asked import days_of_asking, keep_times_after_asking
from cases.deadlines.attempts import attempts_of
from cases.models import Contact, Matter, MatterKind
from cases.models.contact import REACHING, Channel
from cases.models.deadline import Duty
from cases.models.matter import Outcome

MEETINGS = frozenset({Channel.MEETING, Channel.VISIT, Channel.CALL})
SETTLES_APPLICATION = frozenset(
    {Outcome.SUPPORT_GRANTED, Outcome.SUPPORT_REFUSED, Outcome.WRONG_OR_WITHDRAWN, Outcome.TRANSFERRED}
)
# closing with these is doing what was due; with the others the duty only ended
DECIDED = frozenset({Outcome.SUPPORT_GRANTED, Outcome.SUPPORT_REFUSED})
ASSESSED = frozenset({Outcome.ASSESSMENT_MADE, Outcome.PLAN_MADE, Outcome.MET_NO_NEED})


class Met(Enum):
    """How a deadline was met: the duty was done, or it ended in another way."""

    DONE = auto()
    ASKED = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Facts:
    """The days that can meet a deadline: first contact that reached, first that was a discussion, closing.

    `asked` are the days on which missing information was asked for.
    """

    reached: datetime.date | None
    discussed: datetime.date | None
    closed: datetime.date | None
    outcome: str
    asked: tuple[datetime.date, ...] = ()


def met_on(duty: str, facts: Facts, since: datetime.date | None = None) -> datetime.date | None:
    """The day on which the duty was done, None while it is not (`domain.md`, What meets a deadline).

    A clock that began later (`since`) is not met by a request that was sent before.
    """
    match duty:
        case Duty.DECIDE | Duty.DECIDE_URGENT | Duty.DECIDE_ASKED:
            decided = facts.closed if facts.outcome in SETTLES_APPLICATION else None
            asked = [day for day in facts.asked if since is None or day >= since]
            return min([*asked, decided] if decided else asked, default=None)
        case Duty.DISCUSS:
            return facts.discussed
        case Duty.PLAN:
            return facts.closed
    return min((day for day in (facts.reached, facts.closed) if day), default=None)


def how_met(duty: str, facts: Facts, day: datetime.date) -> Met:
    """What happened on the day on which the duty was met."""
    match duty:
        case Duty.DECIDE | Duty.DECIDE_URGENT | Duty.DECIDE_ASKED:
            if facts.closed != day or facts.outcome not in SETTLES_APPLICATION:
                return Met.ASKED
            return Met.DONE if facts.outcome in DECIDED else Met.CLOSED
        case Duty.DISCUSS:
            return Met.DONE
        case Duty.PLAN:
            return Met.DONE if facts.outcome == Outcome.PLAN_MADE else Met.CLOSED
    reached = facts.reached is not None and facts.reached <= day
    return Met.DONE if reached or facts.outcome in ASSESSED else Met.CLOSED


def facts_of(matter: Matter, contacts: list[Contact], asked: Iterable[datetime.date]) -> Facts:
    """`contacts` of the matter in the order of time, `asked` the days of its standing requests for information."""
    reaching = [c for c in contacts if c.outcome in REACHING]
    return Facts(
        reached=_first_day(reaching),
        discussed=_first_day([c for c in reaching if c.channel in MEETINGS]),
        closed=timezone.localdate(matter.closed_at) if matter.closed_at else None,
        outcome=matter.outcome,
        asked=tuple(asked),
    )


def contacts_of(matter: Matter) -> list[Contact]:
    return list(Contact.objects.filter(matter=matter).order_by("at", "pk"))


def settle(matter: Matter) -> None:
    """Bring the deadlines up to date in the database, and due day, attempts and last contact on `matter`, unsaved."""
    contacts = contacts_of(matter)
    asked = days_of_asking(matter) if matter.kind == MatterKind.APPLICATION else ()
    facts = facts_of(matter, contacts, asked)
    if matter.kind == MatterKind.APPLICATION:
        keep_times_after_asking(matter)
    unmet, times = [], 0
    for deadline in matter.deadlines.order_by("pk"):
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


def settle_deadlines(matter: Matter) -> None:
    """As `settle`, and save: for whoever changed a matter's deadlines or facts without `changing`."""
    settle(matter)
    matter.save(update_fields=["due", "attempts", "last_contact_at"])


def _first_day(contacts: list[Contact]) -> datetime.date | None:
    return timezone.localdate(contacts[0].at) if contacts else None

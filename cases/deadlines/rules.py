"""Which deadlines a matter has, what they rest on, and the words that explain them: pure functions.

Where the law gives no number of days, the municipality's own target stands in (`local`). Which section a deadline rests
on is dated data (`bases`): a matter keeps that of its day.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cases.deadlines.bases import basis_on
from cases.models.deadline import CountedFrom, Duty
from cases.models.matter import MatterKind
from core.identity_code import age
from core.working_days import WorkingDayReading, nth_working_day

AGE_OF_THE_SEVEN_DAY_RULE = 75


@dataclass(frozen=True, slots=True)
class Rule:
    """A duty and its number of working days; without `law` it is a local target."""

    duty: Duty
    days: int
    law: bool = False


URGENT_APPLICATION = Rule(Duty.DECIDE_URGENT, 1, law=True)
APPLICATION = Rule(Duty.DECIDE, 7, law=True)
DISCUSSION = Rule(Duty.DISCUSS, 7, law=True)
REDUCTION = Rule(Duty.PLAN, 14)
URGENT_NEED = Rule(Duty.ASSESS_URGENT, 1)
NEED = Rule(Duty.ASSESS, 7)
NEED_OVER_75 = Rule(Duty.ASSESS, 7, law=True)
UNEMPLOYED = Rule(Duty.ACTIVATE, 10)
IMMIGRANT = Rule(Duty.INTEGRATE, 10)
ASKED = Rule(Duty.DECIDE_ASKED, 7, law=True)


RULES = (
    URGENT_APPLICATION,
    APPLICATION,
    ASKED,
    DISCUSSION,
    REDUCTION,
    URGENT_NEED,
    NEED,
    NEED_OVER_75,
    UNEMPLOYED,
    IMMIGRANT,
)


@dataclass(frozen=True, slots=True)
class NewDeadline:
    """A deadline to be stored. `due` is the shown day of the municipality's reading; `outer` that of the wide one."""

    duty: Duty
    counted_from: datetime.date
    counted_from_what: CountedFrom
    working_days: int
    due: datetime.date
    outer: datetime.date
    local: bool


@lru_cache(maxsize=4096)
def deadline(
    rule: Rule,
    start: datetime.date,
    what: CountedFrom = CountedFrom.ARRIVAL,
    reading: WorkingDayReading = WorkingDayReading.STRICT,
) -> NewDeadline:
    """The deadline of a rule counted from `start`, which itself is not counted."""
    return NewDeadline(
        rule.duty,
        start,
        what,
        rule.days,
        nth_working_day(start, rule.days, reading),
        nth_working_day(start, rule.days, WorkingDayReading.WIDE),
        local=not rule.law,
    )


def rule_for(kind: str, *, urgent: bool, over_75: bool) -> Rule:
    """The duty that a kind of matter brings on its arrival."""
    match kind:
        case MatterKind.APPLICATION:
            return URGENT_APPLICATION if urgent else APPLICATION
        case MatterKind.DISCUSSION:
            return DISCUSSION
        case MatterKind.REDUCED_AMOUNT:
            return REDUCTION
        case MatterKind.SOCIAL_WORK_NEED | MatterKind.CONTACT:
            return URGENT_NEED if urgent else NEED_OVER_75 if over_75 else NEED
        case MatterKind.YOUNG_UNEMPLOYED | MatterKind.LONG_UNEMPLOYED:
            return UNEMPLOYED
        case MatterKind.IMMIGRANT:
            return IMMIGRANT
    raise ValueError(f"no rule for {kind}")


def deadlines_for(
    kind: str,
    arrived: datetime.date,
    *,
    urgent: bool = False,
    over_75: bool = False,
    wants_discussion: bool = False,
    requested_on: datetime.date | None = None,
    created_on: datetime.date | None = None,
    reading: WorkingDayReading = WorkingDayReading.STRICT,
) -> tuple[NewDeadline, ...]:
    """The deadlines of a matter that arrived on `arrived` (a Helsinki day, perhaps a Saturday).

    A wish for a discussion runs from the day of the request; not known, from the day on which the notice was made.
    """
    if requested_on:
        asked, what = requested_on, CountedFrom.REQUEST
    elif created_on:
        asked, what = created_on, CountedFrom.CREATED
    else:
        asked, what = arrived, CountedFrom.ARRIVAL
    rule = rule_for(kind, urgent=urgent, over_75=over_75)
    if rule is DISCUSSION:
        return (deadline(DISCUSSION, asked, what, reading),)
    found = deadline(rule, arrived, reading=reading)
    return (found, deadline(DISCUSSION, asked, what, reading)) if wants_discussion else (found,)


def decide_asked(
    limit: datetime.date, answered_on: datetime.date | None, reading: WorkingDayReading = WorkingDayReading.STRICT
) -> NewDeadline:
    """The second stage of an application's clock: from the arrival of the information, at the latest from the limit."""
    if answered_on and answered_on <= limit:
        return deadline(ASKED, answered_on, CountedFrom.ANSWERED, reading)
    return deadline(ASKED, limit, CountedFrom.LIMIT, reading)


def reading_of(counted_from: datetime.date, working_days: int, due: datetime.date) -> WorkingDayReading:
    """By which reading a stored day was counted; strict where both give the same day."""
    strict = nth_working_day(counted_from, working_days, WorkingDayReading.STRICT)
    return WorkingDayReading.STRICT if due <= strict else WorkingDayReading.WIDE


def over_75(birth_date: datetime.date | None, day: datetime.date) -> bool:
    """Whether the person is past the 75th birthday's year of age on `day` (sosiaalihuoltolaki 36 §)."""
    return birth_date is not None and age(birth_date, day) > AGE_OF_THE_SEVEN_DAY_RULE


def basis(duty: str, *, local: bool, arrived: datetime.date) -> str:
    """What a deadline rests on: act and section as in force on the day of arrival, or the municipality's own target."""
    found = None if local else basis_on(duty, arrived)
    return found.words if found else str(_("the municipality's own target"))


COUNTED_FROM_WORDS = {
    CountedFrom.ARRIVAL: pgettext_lazy("working day counted from", "arrival"),
    CountedFrom.REQUEST: pgettext_lazy("working day counted from", "the request"),
    CountedFrom.CREATED: pgettext_lazy("working day counted from", "the notice"),
    CountedFrom.ANSWERED: pgettext_lazy("working day counted from", "the arrival of the information"),
    CountedFrom.LIMIT: pgettext_lazy("working day counted from", "the end of the time given"),
}


def explanation(duty: str, working_days: int, counted_from_what: str, *, local: bool, arrived: datetime.date) -> str:
    """Such as "7. arkipäivä saapumisesta · toimeentulotukilaki 14 c §"."""
    counted = ngettext("the next working day from %(start)s", "working day %(n)s from %(start)s", working_days) % {
        "n": working_days,
        "start": COUNTED_FROM_WORDS[CountedFrom(counted_from_what)],
    }
    return f"{counted} · {basis(duty, local=local, arrived=arrived)}"

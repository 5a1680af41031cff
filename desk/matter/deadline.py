"""The deadline of an open matter in full: what to do by when, why, and how the days were counted."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.deadlines.rules import basis, reading_of
from cases.deadlines.settling import Facts, Met, doing_act, facts_of, how_met
from cases.matters.file import MatterFile
from cases.models import Deadline, Matter
from cases.models.deadline import CountedFrom, Duty
from cases.models.transfer import TransferState
from core.dates import day_words, days_late, due_state, due_words, full_stop, long_day, short_day
from core.working_days import DayCell, WorkingDayReading, counting, nth_working_day
from desk.matter.acts import act_words
from desk.matter.places import hides_place
from desk.matter.words import lower_first, why

DO_BY: dict[Any, Promise] = {
    Duty.DECIDE_URGENT: gettext_lazy("Decide %(when)s"),
    Duty.DECIDE: gettext_lazy("Decide %(when)s"),
    Duty.DECIDE_ASKED: gettext_lazy("Decide %(when)s"),
    Duty.DISCUSS: gettext_lazy("Meet the client %(when)s"),
    Duty.PLAN: gettext_lazy("Make a plan with the client %(when)s"),
    Duty.ASSESS_URGENT: gettext_lazy("Assess the urgent need %(when)s"),
    Duty.ASSESS: gettext_lazy("Start the service-need assessment %(when)s"),
    Duty.ACTIVATE: gettext_lazy("Start the activation plan %(when)s"),
    Duty.INTEGRATE: gettext_lazy("Start the initial assessment of integration %(when)s"),
}
ADVICE: dict[Any, Promise] = {
    Duty.DECIDE: gettext_lazy("If something is missing, ask for it item by item by the same day."),
    Duty.DECIDE_URGENT: gettext_lazy("An urgent application is decided on what is known."),
}
STARTED: dict[Any, Promise] = {
    CountedFrom.ARRIVAL: gettext_lazy("The matter arrived %(day)s"),
    CountedFrom.REQUEST: gettext_lazy("The discussion was requested %(day)s"),
    CountedFrom.CREATED: gettext_lazy(
        "The day of the request is not known, so the count begins from the notice of %(day)s"
    ),
    CountedFrom.ANSWERED: gettext_lazy("The information that was asked for came %(day)s"),
    CountedFrom.LIMIT: gettext_lazy("The time given for the information ends %(day)s"),
}
FIRST_DAY: dict[Any, Promise] = {
    CountedFrom.ARRIVAL: pgettext_lazy("day strip", "arrived"),
    CountedFrom.REQUEST: pgettext_lazy("day strip", "requested"),
    CountedFrom.CREATED: pgettext_lazy("day strip", "notice"),
    CountedFrom.ANSWERED: pgettext_lazy("day strip", "came"),
    CountedFrom.LIMIT: pgettext_lazy("day strip", "time given"),
}
ENDED_BY_TRANSFER: dict[Any, tuple[Promise, Promise]] = {
    TransferState.ACCEPTED: (
        gettext_lazy("transferred to the municipality %(place)s"),
        gettext_lazy("transferred to another municipality"),
    ),
    TransferState.RETURNED: (
        gettext_lazy("returned to the municipality %(place)s"),
        gettext_lazy("returned to the municipality that it came from"),
    ),
    TransferState.REVOKED: (
        gettext_lazy("taken back by the municipality %(place)s"),
        gettext_lazy("taken back by the municipality that it came from"),
    ),
}
"""With the place, and where the place is hidden."""
LONGEST_STRIP = 24
"""Cells of the strip; a deadline that became old long ago is told in words only."""


@dataclass(frozen=True, slots=True)
class DeadlineView:
    head: str
    state: str
    started: str
    reason: str
    advice: str
    outer: str
    days: list[DayCell]
    first_day: Promise
    done: str
    ended: str

    @property
    def sentence(self) -> str:
        return full_stop(self.head)


def main_deadline(file: MatterFile) -> DeadlineView | None:
    deadline = _first_unmet(file)
    return view(deadline, file) if deadline else None


def other_deadlines(file: MatterFile, *, revealed: bool = False) -> list[DeadlineView]:
    """The rest: those that were met or ended, and later ones. Unless `revealed`, a hidden place is not named."""
    main = _first_unmet(file)
    return [view(one, file, revealed=revealed) for one in file.deadlines if one != main]


def facts(file: MatterFile) -> Facts:
    return facts_of(file.matter, file.standing_acts, [request.sent_on for request in file.requests])


def _first_unmet(file: MatterFile) -> Deadline | None:
    return next((one for one in file.deadlines if one.met_on is None), None) if file.matter.is_open else None


def view(deadline: Deadline, file: MatterFile, *, revealed: bool = False) -> DeadlineView:
    today, matter = timezone.localdate(), file.matter
    how = met(deadline, file)
    return DeadlineView(
        head=head(deadline, today) if how is None else by_the_day(deadline, today),
        state="" if how else due_state(deadline.due, today),
        started=full_stop(str(STARTED[deadline.counted_from_what]) % {"day": short_day(deadline.counted_from, today)}),
        reason=reason(deadline, matter),
        advice="" if deadline.met_on or deadline.due < today else str(ADVICE.get(deadline.duty, "")),
        outer=outer(deadline, today),
        days=strip(deadline, today),
        first_day=FIRST_DAY[deadline.counted_from_what],
        done=done(deadline, file, today) if how is Met.DONE else "",
        ended=ended(deadline, file, how, today, revealed=revealed) if how in (Met.ASKED, Met.CLOSED) else "",
    )


def head(deadline: Deadline, today: datetime.date) -> str:
    """ "Ratkaise huomenna, ke 14.11."; "Myöhässä 3 arkipäivää: ratkaise"."""
    words = str(DO_BY[deadline.duty])
    if deadline.due < today:
        if not days_late(deadline.due, today):
            return words % {"when": _("(was due %(day)s)") % {"day": short_day(deadline.due, today)}}
        task = lower_first((words % {"when": ""}).strip())
        return _("%(late)s: %(task)s") % {"late": due_words(deadline.due, today), "task": task}
    return by_the_day(deadline, today)


def by_the_day(deadline: Deadline, today: datetime.date) -> str:
    return str(DO_BY[deadline.duty]) % {"when": day_words(deadline.due, today)}


def reason(deadline: Deadline, matter: Matter) -> str:
    """ "Keskiviikko 14.11. on 7. arkipäivä saapumisesta (toimeentulotukilaki 14 c §)."""
    law = basis(deadline.duty, local=deadline.local, arrived=matter.arrived)
    counted = why(deadline, matter).removesuffix(f" · {law}")
    day = long_day(deadline.due)
    words = {"day": day[:1].upper() + day[1:], "counted": counted, "basis": law}
    return _("%(day)s is %(counted)s (%(basis)s).") % words


def outer(deadline: Deadline, today: datetime.date) -> str:
    """What the other reading of the law would give, where it gives another day."""
    if deadline.met_on:
        return ""
    if deadline.outer != deadline.due:
        words = _("If the eve is not counted, the outer limit is %(day)s")
        return full_stop(words % {"day": short_day(deadline.outer, today)})
    if counted_by(deadline) is WorkingDayReading.STRICT:
        return ""
    words = _("The eve is not counted: so the municipality has chosen. Counted, the day would be %(day)s")
    strict = nth_working_day(deadline.counted_from, deadline.working_days)
    return full_stop(words % {"day": short_day(strict, today)})


def counted_by(deadline: Deadline) -> WorkingDayReading:
    return reading_of(deadline.counted_from, deadline.working_days, deadline.due)


def strip(deadline: Deadline, today: datetime.date) -> list[DayCell]:
    if deadline.met_on:
        return []
    cells = counting(
        deadline.counted_from, deadline.due, today, number=deadline.working_days, reading=counted_by(deadline)
    )
    return cells if len(cells) <= LONGEST_STRIP else []


def met(deadline: Deadline, file: MatterFile) -> Met | None:
    """How the duty ended; None while it runs."""
    if deadline.told_before:
        return Met.DONE
    if deadline.met_on:
        return how_met(deadline.duty, facts(file), deadline.counted_from, deadline.met_on)
    return None if file.matter.is_open else Met.CLOSED


def over_words(deadline: Deadline, file: MatterFile, *, revealed: bool) -> str:
    """What became of the duty; "" while it runs."""
    how, today = met(deadline, file), timezone.localdate()
    if how is None:
        return ""
    return done(deadline, file, today) if how is Met.DONE else ended(deadline, file, how, today, revealed=revealed)


def done(deadline: Deadline, file: MatterFile, today: datetime.date) -> str:
    """ "Tehty to 8.11., ajoissa: palvelutarpeen arviointi aloitettu, Aino Demolainen"."""
    if deadline.met_on is None:
        return ""
    words = _("Done %(day)s, in time") if deadline.met_on <= deadline.due else _("Done %(day)s, late")
    said = words % {"day": short_day(deadline.met_on, today)}
    by = done_by(deadline, file)
    return f"{said}: {by}" if by else said


def done_by(deadline: Deadline, file: MatterFile) -> str:
    """The act with its author; what was told by the earlier rule says so."""
    if deadline.told_before:
        return _("recorded by the earlier rule, by which a contact was enough")
    act = doing_act(deadline.duty, facts(file), deadline.counted_from)
    if act is not None and act.day == deadline.met_on:
        return act_words(act)
    closed_by = file.matter.closed_by
    return closed_by.name if closed_by else ""


def ended(deadline: Deadline, file: MatterFile, how: Met, today: datetime.date, *, revealed: bool) -> str:
    """ "Päättyi su 22.11.: asia suljettiin": the duty was not done, and ended on this day."""
    closed_at = file.matter.closed_at
    day = deadline.met_on or (timezone.localdate(closed_at) if closed_at else today)
    what = _("information was asked for") if how is Met.ASKED else ended_by(file, revealed=revealed)
    if day > deadline.due and not never_ours(file):
        return _("Ended %(day)s, late: %(what)s") % {"day": short_day(day, today), "what": what}
    return _("Ended %(day)s: %(what)s") % {"day": short_day(day, today), "what": what}


def ended_by(file: MatterFile, *, revealed: bool) -> str:
    """What closed the matter; the other municipality without its name where that is hidden."""
    transfer = file.transfer if file.is_elsewhere else None
    if transfer is None:
        return _("the matter was closed")
    hidden = not revealed and hides_place(transfer, under_protection=file.matter.client.non_disclosure)
    words = ENDED_BY_TRANSFER[transfer.state][1 if hidden else 0]
    return str(words) % {"place": transfer.other.name}


def never_ours(file: MatterFile) -> bool:
    """What went back to its sender was never to be done here, so it is not late either."""
    return file.is_elsewhere and file.transfer is not None and file.transfer.incoming

"""A matter in the words of the lists: what it is about, when it is due, where it stands."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from cases.clients.languages import language_name
from cases.deadlines.attempts import reached_at
from cases.deadlines.next_date import Next, next_of
from cases.deadlines.rules import explanation
from cases.models import Appointment, Deadline, Matter, MatterKind, MatterState
from cases.models.appointment import AppointmentState
from core.dates import day_words, days_late, due_state, due_words, full_stop, short_day
from etotu.codes.lists import CodeList
from etotu.codes.stored import code_label

NAMED_EXPENSES = 2
RETURNS: dict[Next, Promise] = {
    Next.WAIT: pgettext_lazy("next date", "Wait, %(day)s"),
    Next.TIME: pgettext_lazy("next date", "Appointment, %(day)s"),
    Next.REMINDER: pgettext_lazy("next date", "Return, %(day)s"),
}
NEXT_WORDS: dict[Next, Promise] = {
    Next.WAIT: pgettext_lazy("next date", "The wait ends %(day)s"),
    Next.TIME: pgettext_lazy("next date", "An appointment has been offered: %(day)s"),
    Next.REMINDER: pgettext_lazy("next date", "Return to the matter: %(day)s"),
}


@dataclass(frozen=True, slots=True)
class Due:
    """`state`: "late", "soon" (today) or ""."""

    words: str
    state: str
    why: str


def with_deadlines() -> "Prefetch[Any]":
    return Prefetch("deadlines", Deadline.objects.order_by("due", "pk"))


def for_lists(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """With everything that the words need, in two queries for any number of rows."""
    return for_rows(matters).prefetch_related(with_deadlines())


def for_rows(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """As `for_lists`, without the deadlines."""
    ahead = Appointment.objects.filter(matter=OuterRef("pk"), state=AppointmentState.OFFERED, at__gte=timezone.now())
    return matters.select_related("client", "assignee", "municipality").annotate(
        expenses=F("notice__content__application__expenses"),
        percent=F("notice__content__reduction__percent"),
        next_time=Subquery(ahead.values("at")[:1]),
        last_reached=reached_at(),
    )


def first_unmet(matter: Matter) -> Deadline | None:
    return next((d for d in matter.deadlines.all() if d.met_on is None), None)


def due_of(matter: Matter, today: datetime.date | None = None) -> Due | None:
    """The next date of an open matter, mostly its earliest unmet deadline; `for_lists` has read the deadlines."""
    today = today or timezone.localdate()
    found = next_of(matter) if matter.is_open else None
    if found is None:
        return None
    day, what = found
    if what is Next.DEADLINE:
        deadline = first_unmet(matter)
        return Due(short_due_words(day, today), due_state(day, today), why(deadline, matter) if deadline else "")
    # only a duty is late: what should be returned to is so now
    state = "soon" if day <= today else ""
    return Due(str(RETURNS[what]) % {"day": short_day(day, today)}, state, next_words(matter, today))


def next_words(matter: Matter, today: datetime.date) -> str:
    """What else than a deadline brings an open matter back next; "" when a deadline does."""
    found = next_of(matter)
    if found is None or found[1] is Next.DEADLINE:
        return ""
    return str(NEXT_WORDS[found[1]]) % {"day": day_words(found[0], today)}


def returns_words(matter: Matter) -> str:
    """After a deed: the day that the municipality's default gave, where nothing else would bring the matter back."""
    if matter.returns_by_default is None:
        return ""
    words = _("Nothing else was left of the matter, so it comes back to you by the municipality's default: %(day)s")
    return full_stop(words % {"day": short_day(matter.returns_by_default)})


def reminder_words(matter: Matter) -> str:
    """The reminder of an open matter in full."""
    if matter.remind_on is None or not matter.is_open:
        return ""
    return full_stop(str(NEXT_WORDS[Next.REMINDER]) % {"day": day_words(matter.remind_on)})


def short_due_words(due: datetime.date, today: datetime.date) -> str:
    """As `due_words`, but short for a list when no working day has passed yet since the due day."""
    if due < today and not days_late(due, today):
        return _("Late, %(day)s") % {"day": short_day(due, today)}
    return due_words(due, today)


def why(deadline: Deadline, matter: Matter) -> str:
    return explanation(
        deadline.duty,
        deadline.working_days,
        deadline.counted_from_what,
        local=deadline.local,
        arrived=matter.arrived,
    )


def kind_words(matter: Matter) -> str:
    kind = MatterKind(matter.kind).label
    if not matter.urgent:
        return str(kind)
    if matter.kind == MatterKind.APPLICATION:
        return _("Urgent application")
    return _("Urgent: %(kind)s") % {"kind": kind}


def title(matter: Matter) -> str:
    """ "Hakemus: vuokrarästi ja sähkövelka", "Alennettu perusosa 20 %"."""
    about = matter.summary or about_notice(matter)
    kind = kind_words(matter)
    if about and matter.kind == MatterKind.REDUCED_AMOUNT and not matter.summary:
        return f"{kind} {about}"
    return f"{kind}: {about}" if about else kind


def what(matter: Matter, amount: str = "") -> str:
    """The title and what else a list tells: "Hakemus: vuokrarästi ja sähkövelka, 793,38 € · ruotsi · turvakielto"."""
    client = matter.client
    marks = [f"{title(matter)}, {amount}" if amount else title(matter)]
    if client.language not in ("", matter.municipality.languages[:2]):
        marks.append(language_name(client.language))
    if client.non_disclosure:
        marks.append(_("non-disclosure"))
    return " · ".join(marks)


def about_notice(matter: Matter) -> str:
    """From Kela's notice, as `for_lists` has read it: the expenses applied for, or the reduction."""
    percent = getattr(matter, "percent", None)
    if percent is not None:
        return f"{percent} %"
    return expense_words(getattr(matter, "expenses", None) or [])


def expense_words(expenses: list[dict[str, Any]]) -> str:
    """ "vuokrarästi ja sähkövelka", "vuokrarästi, sähkövelka ja 2 muuta"."""
    names = list(dict.fromkeys(lower_first(expense_name(e["kind"])) for e in expenses))
    if len(names) <= 1:
        return "".join(names)
    if len(names) == NAMED_EXPENSES:
        return _("%(first)s and %(second)s") % {"first": names[0], "second": names[1]}
    rest = len(names) - NAMED_EXPENSES
    others = ngettext("%(names)s and %(n)s other", "%(names)s and %(n)s others", rest)
    return others % {"names": ", ".join(names[:NAMED_EXPENSES]), "n": rest}


def expense_name(code: str) -> str:
    return code_label(CodeList.EXPENSE_KIND, code, (get_language() or "fi")[:2])


def total_cents(expenses: list[dict[str, Any]] | None) -> int:
    return sum(e["cents"] or 0 for e in expenses or [])


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def attempts_words(matter: Matter) -> str:
    return ngettext("%(n)s attempt", "%(n)s attempts", matter.attempts) % {"n": matter.attempts}


def keep_last_reached(matter: Matter, at: datetime.datetime | None) -> None:
    """For whoever has read the contacts of the matter anyway."""
    matter.__dict__["last_reached"] = at


def last_reached(matter: Matter) -> datetime.datetime | None:
    """When the client was reached last in the matter, read once; `for_lists` has read it."""
    known = matter.__dict__
    if "last_reached" not in known:
        known["last_reached"] = Matter.objects.filter(pk=matter.pk).values_list(reached_at(), flat=True).first()
    found: datetime.datetime | None = known["last_reached"]
    return found


def tried_words(matter: Matter, today: datetime.date | None = None) -> str:
    """ "3 yritystä, ei tavoitettu", "tavoitettu ma 12.11., sen jälkeen 1 yritys"; "" while nothing was tried."""
    if matter.last_contact_at is None:
        return ""
    reached = last_reached(matter)
    if reached is None:
        return (
            _("%(attempts)s, not reached in this matter") % {"attempts": attempts_words(matter)}
            if matter.attempts
            else ""
        )
    day = short_day(reached, today or timezone.localdate())
    if not matter.attempts:
        return _("Reached in this matter %(day)s") % {"day": day}
    return _("Reached in this matter %(day)s, %(attempts)s since then") % {
        "day": day,
        "attempts": attempts_words(matter),
    }


def state_words(matter: Matter, *, whose: bool = False, today: datetime.date | None = None) -> str:
    """Where the matter stands; with `whose`, the name of the one who has it too."""
    today = today or timezone.localdate()
    state = _state(matter, today)
    if whose and matter.assignee and matter.is_open:
        state = matter.assignee.name if state == _in_progress() else f"{state} · {matter.assignee.name}"
    return state


def _state(matter: Matter, today: datetime.date) -> str:
    if matter.state == MatterState.CLOSED:
        return str(matter.get_outcome_display())
    if matter.state == MatterState.WAITING_TRANSFER:
        return str(MatterState.WAITING_TRANSFER.label)
    if matter.waiting_until:
        return _waiting(matter, matter.waiting_until, today)
    if time := getattr(matter, "next_time", None):
        return _("Time offered, %(day)s") % {"day": short_day(time, today)}
    if matter.attempts:
        return tried_words(matter, today) if last_reached(matter) else attempts_words(matter)
    if matter.held_since:
        return _("On hold")
    if matter.state == MatterState.NEW:
        return _("New today") if matter.arrived == today else str(MatterState.NEW.label)
    return _in_progress()


def _waiting(matter: Matter, until: datetime.date, today: datetime.date) -> str:
    day = short_day(until, today)
    if until <= today:
        return _("The wait ended %(day)s") % {"day": day}
    if matter.state == MatterState.WAITING_CLIENT:
        return _("Waits for the client until %(day)s") % {"day": day}
    return _("Waits for information until %(day)s") % {"day": day}


def _in_progress() -> str:
    return pgettext("state of a matter", "In progress")


def sunday(today: datetime.date) -> datetime.date:
    """The last day of the week that begins on Monday."""
    return today + datetime.timedelta(days=6 - today.weekday())

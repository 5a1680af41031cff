"""Tänään: what must happen, in the order of the days, and what waits for this person."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from cases.deadlines.next_date import Next, next_of
from cases.models import Appointment, Matter, MatterKind
from cases.models.appointment import AppointmentState
from core.dates import LONG_AGO, days_late, full_stop, moment, short_day
from desk.matter.notice import euros
from desk.matter.words import first_unmet, next_words, sunday, total_cents, tried_words, what, why

DAY = datetime.timedelta(days=1)
SATURDAY = 5
KEYS = ("late", "today", "tomorrow", "rest")


@dataclass(frozen=True, slots=True)
class Item:
    """`why` explains the deadline, `note` says what is worth knowing before acting."""

    matter: Matter
    name: str
    what: str
    why: str
    note: str

    @property
    def decides(self) -> bool:
        return self.matter.kind == MatterKind.APPLICATION and self.matter.assignee_id is not None


@dataclass(frozen=True, slots=True)
class Day:
    key: str
    heading: str
    remark: str
    state: str
    items: list[Item]


def due_by_horizon(matters: QuerySet[Matter], user: User) -> QuerySet[Matter]:
    """What has its day by the horizon: a duty, a reminder, or a time that has come and is not this person's own.

    Own times, and waits that end, have sections of their own.
    """
    today = timezone.localdate()
    last = horizon(today)
    own = Appointment.objects.filter(matter=OuterRef("pk"), worker=user, state=AppointmentState.OFFERED)
    others = Q(time_on__lte=today) & ~Q(Exists(own))
    found = matters.filter(Q(due__lte=last) | Q(remind_on__lte=last) | others, next_on__lte=last)
    return found.order_by("next_on", "pk")


def agenda(due: Iterable[Matter]) -> list[Day]:
    """What is late or due by the horizon, by day."""
    today = timezone.localdate()
    return [
        Day(key, *head_of(key, list(group), today))
        for key, group in groupby(
            sorted(due, key=lambda matter: KEYS.index(key_of(matter, today))), key=lambda matter: key_of(matter, today)
        )
    ]


def horizon(today: datetime.date) -> datetime.date:
    """The Sunday of this week; on a weekend that of the next, as the work of this one is past."""
    return sunday(today + 2 * DAY if today.weekday() >= SATURDAY else today)


def key_of(matter: Matter, today: datetime.date) -> str:
    """Late is a duty only; what else has come is of today."""
    key = day_key(next_on(matter), today)
    return "today" if key == "late" and (matter.due is None or matter.due >= today) else key


def next_on(matter: Matter) -> datetime.date | None:
    found = next_of(matter)
    return found[0] if found else None


def day_key(due: datetime.date | None, today: datetime.date) -> str:
    if due is None or due > today + DAY:
        return "rest"
    if due <= today:
        return "today" if due == today else "late"
    return "tomorrow"


def head_of(key: str, matters: list[Matter], today: datetime.date) -> tuple[str, str, str, list[Item]]:
    items = [item(matter, key, today) for matter in matters]
    match key:
        case "late":
            return _("Late"), late_remark(matters, today), "late", items
        case "today":
            return _("Today"), short_day(today, today), "soon", items
        case "tomorrow":
            return _("Tomorrow"), short_day(today + DAY, today), "", items
    heading = _("Next week") if today.weekday() >= SATURDAY else _("Rest of the week")
    return heading, f"{short_day(today + 2 * DAY, today)} – {short_day(horizon(today), today)}", "", items


def late_remark(matters: list[Matter], today: datetime.date) -> str:
    """How late the latest is: "3 arkipäivää"."""
    due = min(m.due for m in matters if m.due)
    days = days_late(due, today)
    if today - due > LONG_AGO:
        return pgettext("late", "since %(day)s") % {"day": short_day(due, today)}
    if not days:
        return ""
    words = ngettext("%(n)s working day", "%(n)s working days", days) % {"n": days}
    return words if len(matters) == 1 else _("at most %(days)s") % {"days": words}


def item(matter: Matter, key: str, today: datetime.date) -> Item:
    deadline, found = first_unmet(matter), next_of(matter)
    coming = found[1] if found else None
    notes = (when(matter, key, today), tried(matter, today), offered(matter, coming), waits(matter, today, coming))
    return Item(
        matter=matter,
        name=matter.client.name,
        what=what(matter, amount(matter)),
        why=why(deadline, matter) if deadline and not next_words(matter, today) else "",
        note=" ".join(filter(None, notes)),
    )


def amount(matter: Matter) -> str:
    cents = total_cents(getattr(matter, "expenses", None))
    return f"{euros(cents)}\xa0€" if cents else ""


def when(matter: Matter, key: str, today: datetime.date) -> str:
    if words := next_words(matter, today):
        return full_stop(words)
    if matter.due and key in ("late", "rest"):
        day = short_day(matter.due, today)
        return full_stop((_("Was due %(day)s") if key == "late" else _("Due %(day)s")) % {"day": day})
    deadline = first_unmet(matter)
    return _("The municipality's own target.") if deadline and deadline.local else ""


def tried(matter: Matter, today: datetime.date) -> str:
    words = tried_words(matter, today)
    return full_stop(words) if words else ""


def offered(matter: Matter, what: Next | None) -> str:
    time = None if what is Next.TIME else getattr(matter, "next_time", None)
    return full_stop(_("Appointment %(when)s") % {"when": moment(time)}) if time else ""


def waits(matter: Matter, today: datetime.date, what: Next | None) -> str:
    if matter.waiting_until is None or what is Next.WAIT:
        return ""
    return pgettext("of a matter", "Waits until %(day)s.") % {"day": short_day(matter.waiting_until, today)}

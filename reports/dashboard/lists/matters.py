"""Lists of matters, and of their deadlines: what is to be done, by when, and how late it is."""

import datetime
from collections.abc import Sequence
from typing import Final

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.addresses import MATTER
from cases.models import Deadline, Matter, MatterKind, MatterState
from cases.models.deadline import Duty
from cases.models.matter import Outcome
from core.dates import short_day
from reports.dashboard.lists.lines import Cell, Column, Line, ListShape, choice, counted_days, reference, whose


class Lateness(models.TextChoices):
    IN_TIME = "in_time", pgettext_lazy("deadline", "in time")
    WITHIN = "within", pgettext_lazy("deadline", "late, within the outer limit")
    LATE = "late", pgettext_lazy("deadline", "late")


def lateness(deadline: Deadline) -> Lateness:
    """As the figure of kept deadlines counts it."""
    if deadline.met_on is None or deadline.met_on > deadline.outer:
        return Lateness.LATE
    return Lateness.IN_TIME if deadline.met_on <= deadline.due else Lateness.WITHIN


def lateness_now(deadline: Deadline) -> Lateness:
    """Of one that is past and not met: until its outer limit it may still be met within it."""
    return Lateness.WITHIN if timezone.localdate() <= deadline.outer else Lateness.LATE


def ended_on(deadline: Deadline) -> datetime.date:
    """The day that met it; today while it is not met."""
    return deadline.met_on or timezone.localdate()


def days_late(deadline: Deadline) -> int:
    """Calendar days."""
    return max((ended_on(deadline) - deadline.due).days, 0)


def past_deadlines(rows: Sequence[Matter]) -> dict[int, Deadline]:
    """Of each matter the deadline that is past and not met: one of the law before a target of one's own."""
    found = Deadline.objects.filter(matter__in=rows, met_on=None, due__lt=timezone.localdate())
    return {one.matter_id: one for one in found.order_by("-local", "-due", "-pk")}


def _matter(line: Line) -> Matter:
    found: Matter = line.row.matter if isinstance(line.row, Deadline) else line.row
    return found


def _deadline(line: Line) -> Deadline | None:
    found: Deadline | None = line.row if isinstance(line.row, Deadline) else line.beside
    return found


def _kind(line: Line) -> Cell:
    matter = _matter(line)
    kind = choice(MatterKind, matter.kind)
    return Cell(f"{kind.words} · {_('urgent')}") if matter.urgent else kind


def _client(line: Line) -> Cell:
    return whose(line, MATTER.url(line.municipality.code, _matter(line).pk))


def _unit(line: Line) -> Cell:
    unit = _matter(line).unit
    return Cell(unit.name if unit else "–")


def _state(line: Line) -> Cell:
    matter = _matter(line)
    return choice(Outcome, matter.outcome) if matter.outcome else choice(MatterState, matter.state)


def _day(day: datetime.date | None) -> Cell:
    return Cell(short_day(day), day) if day else Cell("–")


def _duty(line: Line) -> Cell:
    deadline = _deadline(line)
    return choice(Duty, deadline.duty) if deadline else Cell("–")


def _due(line: Line) -> Cell:
    deadline = _deadline(line)
    return _day(deadline.due if deadline else _matter(line).due)


def _met(line: Line) -> Cell:
    deadline = _deadline(line)
    return _day(deadline.met_on) if deadline and deadline.met_on else Cell(_("not met"))


def _late_by(line: Line) -> Cell:
    deadline = _deadline(line)
    return counted_days(days_late(deadline) if deadline else 0)


def _ended(line: Line) -> Cell:
    deadline = _deadline(line)
    if deadline is None:
        return Cell("–")
    found = lateness(deadline) if isinstance(line.row, Deadline) else lateness_now(deadline)
    return Cell(str(found.label), late=found is Lateness.LATE)


def _from(line: Line) -> Cell:
    deadline = _deadline(line)
    if deadline is None:
        return Cell("–")
    return Cell(_("own target") if deadline.local else _("law"))


WHICH: Final = (
    Column(gettext_lazy("Reference"), lambda line: reference(_matter(line))),
    Column(gettext_lazy("Matter"), _kind),
    Column(gettext_lazy("Client"), _client),
    Column(gettext_lazy("Unit"), _unit),
)
LATE: Final = (
    Column(gettext_lazy("Duty"), _duty),
    Column(gettext_lazy("Due"), _due),
)
HOW_LATE: Final = (
    Column(gettext_lazy("Days late"), _late_by),
    Column(gettext_lazy("How it is"), _ended),
    Column(gettext_lazy("Law or own target"), _from),
)
ARRIVED: Final = Column(gettext_lazy("Arrived"), lambda line: _day(_matter(line).arrived))
STATE: Final = Column(gettext_lazy("State"), _state)

MATTERS: Final = ListShape((*WHICH, ARRIVED, STATE, Column(gettext_lazy("Due"), _due)), lambda row: row.client_id)
LATE_MATTERS: Final = ListShape((*WHICH, STATE, *LATE, *HOW_LATE), lambda row: row.client_id, past_deadlines)
DEADLINES: Final = ListShape(
    (*WHICH, *LATE, Column(pgettext_lazy("deadline", "Met"), _met), *HOW_LATE), lambda row: row.matter.client_id
)

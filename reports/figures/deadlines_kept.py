"""Deadlines kept, by duty: of those whose shown day lies in the period, those met on or before it.

One that still runs is neither kept nor missed. What went back to the municipality that it came from was never this
one's to do.
"""

import datetime
from dataclasses import dataclass
from typing import ClassVar, Final

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Deadline, Transfer
from cases.models.deadline import Duty
from cases.models.transfer import BACK
from core.figures import Figure
from reports.figures.definition import FigureDefinition, row
from reports.figures.keys import RowKey
from reports.figures.question import Question
from reports.flows.measures import Ended, Measure

DUTIES: Final[dict[Duty, Promise]] = {
    Duty.DECIDE_URGENT: _("Application, urgent"),
    Duty.DECIDE: _("Application"),
    Duty.DECIDE_ASKED: _("Application, after the asked information"),
    Duty.DISCUSS: _("Personal discussion"),
    Duty.ASSESS_URGENT: _("Need for social work, urgent"),
    Duty.ASSESS: _("Need for social work"),
    Duty.PLAN: _("Reduced basic amount"),
    Duty.ACTIVATE: _("Notices of unemployment"),
    Duty.INTEGRATE: _("Immigrant"),
}


class Part(models.TextChoices):
    """Of the deadlines of a row, those that a column counts."""

    ENDED = "ended", _("ended")
    WITHIN = Ended.WITHIN.value, _("within the outer limit")
    LATE = Ended.LATE.value, _("late")
    KEPT = Ended.KEPT.value, _("in time")


CONDITIONS: Final[dict[Part, Q]] = {
    Part.ENDED: Q(),
    Part.WITHIN: Q(met_on__gt=F("due"), met_on__lte=F("outer")),
    Part.LATE: Q(met_on__gt=F("outer")) | Q(met_on=None),
    Part.KEPT: Q(met_on__lte=F("due")),
}


@dataclass(frozen=True, slots=True)
class DutyKey(RowKey):
    """A part of the deadlines of a duty; without a part those that were kept."""

    VALUES: ClassVar = (tuple(Duty), tuple(Part))

    duty: Duty | None = None
    part: Part | None = None

    @property
    def words(self) -> str:
        duty = DUTIES[self.duty] if self.duty else gettext("all")
        return f"{duty}, {self.part.label}" if self.part else str(duty)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A duty, or all of them, and how many of its deadlines each part has."""

    duty: Duty | None
    parts: dict[Part, int]

    @property
    def ended(self) -> int:
        return self.parts[Part.ENDED]

    @property
    def share(self) -> float | None:
        return self.parts[Part.KEPT] / self.ended if self.ended else None


class DeadlinesKept(FigureDefinition[DutyKey]):
    name = "deadlines_kept"
    title = _("Deadlines kept by type")
    keys = DutyKey

    def count(self, question: Question) -> Figure[DutyKey]:
        rows = [row(DutyKey(kept.duty), kept.parts[Part.KEPT], kept.ended) for kept in kept_rows(question)]
        return self.of_classes(rows, gettext("deadlines whose day lies in the period and is past"), question)

    def rows(self, key: DutyKey, question: Question) -> QuerySet[Deadline]:
        """The latest first."""
        last = min(question.period.last, timezone.localdate() - datetime.timedelta(days=1))
        ended = Deadline.objects.filter(
            CONDITIONS[key.part or Part.KEPT],
            municipality=question.municipality,
            due__range=(question.period.first, last),
        )
        ended = question.among.of_unit(ended, "matter__unit")
        ended = question.among.of_age(ended, F("due"), "matter__client__")
        if key.duty:
            ended = ended.filter(duty=key.duty)
        if not question.restricted:
            ended = ended.filter(matter__client__restricted=False)
        went_back = Transfer.objects.filter(matter=OuterRef("matter"), incoming=True, state__in=BACK)
        return ended.filter(~Exists(went_back)).select_related("matter__unit").order_by("-due", "-pk")


def kept_rows(question: Question) -> list[KeptRow]:
    """A row for each duty."""
    counted = question.counts(Measure.DEADLINES)
    rows = []
    for duty in DUTIES:
        found = counted.of(Measure.DEADLINES, [duty])
        parts = {part: sum(found.values()) if part == Part.ENDED else found[part.value] for part in Part}
        rows.append(KeptRow(duty, parts))
    return rows


DEADLINES_KEPT = DeadlinesKept()

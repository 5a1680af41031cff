"""The appointments whose time has passed and that the office did not cancel: counted, and as rows."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Appointment, MatterKind
from cases.models.appointment import AppointmentState
from reports.figures.question import Question
from reports.flows.ages import AgeGroup
from reports.flows.measures import Attended, Measure
from reports.flows.read import Counts


class WithoutMatter(models.TextChoices):
    NONE = "none", gettext_lazy("No matter")


Kind = MatterKind | WithoutMatter
KINDS: Final[tuple[Kind, ...]] = (*MatterKind, *WithoutMatter)


@dataclass(slots=True)
class AttendedCounts:
    """Appointments by type, age group and state."""

    by: Counter[tuple[Kind, AgeGroup, AppointmentState]]

    @classmethod
    def of(cls, counts: Counts) -> "AttendedCounts":
        by: Counter[tuple[Kind, AgeGroup, AppointmentState]] = Counter()
        for (_measure, kind, detail), n in counts.by.items():
            attended = Attended.read(detail)
            by[MatterKind(kind) if kind else WithoutMatter.NONE, attended.age, attended.state] += n
        return cls(by)

    def count(
        self, kind: Kind | None = None, age: AgeGroup | None = None, state: AppointmentState | None = None
    ) -> int:
        wanted = (kind, age, state)
        return sum(n for key, n in self.by.items() if all(w in (None, k) for w, k in zip(wanted, key, strict=True)))


def attended(question: Question) -> AttendedCounts:
    return AttendedCounts.of(question.counts(Measure.ATTENDANCE))


def appointments(question: Question, kind: Kind | None) -> QuerySet[Appointment]:
    """Of a type, or of all; the newest first."""
    period = question.period
    starts, ends = (_midnight(day) for day in (period.first, period.last + datetime.timedelta(days=1)))
    found = Appointment.objects.filter(
        municipality=question.municipality, at__gte=starts, at__lt=ends, at__lte=timezone.now()
    ).exclude(state=AppointmentState.CANCELLED_BY_OFFICE)
    found = question.among.of_unit(found, "matter__unit")
    found = question.among.of_age(found, TruncDate("at"), "client__")
    if not question.restricted:
        found = found.filter(client__restricted=False)
    if kind == WithoutMatter.NONE:
        found = found.filter(matter=None)
    elif kind:
        found = found.filter(matter__kind=kind)
    return found.select_related("matter__unit").order_by("-at", "-pk")


def denominator() -> str:
    return _("appointments of the period whose time has passed and that the office did not cancel")


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))

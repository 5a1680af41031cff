"""Who came, by type and age group on the day of the appointment."""

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cases.models import Appointment
from cases.models.appointment import AppointmentState
from core.figures import Figure
from reports.figures.attendance.appointments import (
    KINDS,
    Kind,
    appointments,
    attended,
    denominator,
)
from reports.figures.definition import FigureByTraits, row
from reports.figures.keys import RowKey
from reports.figures.question import Question
from reports.flows.ages import AgeGroup
from reports.flows.among import of_age_group


@dataclass(frozen=True, slots=True)
class AgeKey(RowKey):
    """Those of a type and an age group to which the client came."""

    VALUES: ClassVar = (KINDS, tuple(AgeGroup))

    kind: Kind | None = None
    age: AgeGroup | None = None


class AttendanceByAge(FigureByTraits[AgeKey]):
    name = "attendance_by_age"
    title = _("Appointments kept, by type and age")
    rows_are = _("Type and age")
    counts_are = _("Came / appointments")
    keys = AgeKey

    def count(self, question: Question) -> Figure[AgeKey]:
        found = attended(question)
        rows = [
            row(AgeKey(kind, age), found.count(kind, age, AppointmentState.MET), found.count(kind, age))
            for kind in KINDS
            for age in AgeGroup
            if found.count(kind, age)
        ]
        return self.of_classes(rows, denominator(), question)

    def rows(self, key: AgeKey, question: Question) -> QuerySet[Appointment]:
        came = appointments(question, key.kind).filter(state=AppointmentState.MET)
        return of_age_group(came, key.age, TruncDate("at")) if key.age else came


ATTENDANCE_BY_AGE = AttendanceByAge()

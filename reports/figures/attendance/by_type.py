"""Who came, by type: a count of work, exact for whoever may open the list."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Appointment
from cases.models.appointment import AppointmentState
from core.figures import Figure
from reports.figures.attendance.appointments import (
    KINDS,
    Kind,
    WithoutMatter,
    appointments,
    attended,
    denominator,
)
from reports.figures.definition import FigureDefinition, row
from reports.figures.keys import RowKey
from reports.figures.question import Question


class Others(models.TextChoices):
    """What became of the appointments to which the client did not come."""

    MISSED = "missed", _("the client did not come")
    CANCELLED = "cancelled", _("cancelled by the client")
    UNRECORDED = "unrecorded", _("not recorded")


STATES: Final[dict[Others, AppointmentState]] = {
    Others.MISSED: AppointmentState.MISSED,
    Others.CANCELLED: AppointmentState.CANCELLED_BY_CLIENT,
    Others.UNRECORDED: AppointmentState.OFFERED,
}


@dataclass(frozen=True, slots=True)
class AttendanceKey(RowKey):
    """Those of a type to which the client came, or some of the others."""

    VALUES: ClassVar = (KINDS, tuple(Others))

    kind: Kind | None = None
    others: Others | None = None


class Attendance(FigureDefinition[AttendanceKey]):
    name = "attendance"
    title = _("Appointments kept, by type")
    counts_are = _("Came / appointments")
    keys = AttendanceKey

    def count(self, question: Question) -> Figure[AttendanceKey]:
        found = attended(question)
        rows = [
            row(AttendanceKey(kind), found.count(kind, state=AppointmentState.MET), found.count(kind))
            for kind in KINDS
            if kind != WithoutMatter.NONE or found.count(kind)
        ]
        return self.of_classes(rows, denominator(), question)

    def rows(self, key: AttendanceKey, question: Question) -> QuerySet[Appointment]:
        state = STATES[key.others] if key.others else AppointmentState.MET
        return appointments(question, key.kind).filter(state=state)

    def shown(self, figure: Figure[AttendanceKey]) -> Figure[AttendanceKey]:
        """No row for a type that had no appointment in either period."""
        rows = tuple(row for row in figure.rows if row.base != 0 or (row.before and row.before.base != 0))
        return replace(figure, rows=rows)

    def others(self, question: Question) -> dict[Others, int]:
        found = attended(question)
        return {others: found.count(state=state) for others, state in STATES.items()}


ATTENDANCE = Attendance()

"""Who came, by type and age group on the day of the appointment.

Ages are clients' traits: whoever may not open these rows, and every export, gets quarters and years only, and a type by
age only where none of its numbers is small. Where one is, all of the type's ages are withheld: the total of the type is
known, so hiding a few would not do.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import ClassVar

from django.db.models import Func, IntegerField, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Appointment
from cases.models.appointment import AppointmentState
from core.figures import Figure
from core.periods import Period
from core.suppression import smallest_cell
from reports.figures.attendance.appointments import (
    KINDS,
    AttendedCounts,
    Kind,
    appointments,
    attended,
    denominator,
)
from reports.figures.definition import FigureByTraits, row
from reports.figures.keys import RowKey
from reports.figures.question import Question
from reports.flows.ages import AgeGroup
from reports.flows.measures import Measure
from reports.flows.read import read


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
        return of_age_group(came, key.age) if key.age else came

    def told(self, question: Question) -> Figure[AgeKey]:
        """Of the quarter or year, the types of which no number is small; the others are named in a note."""
        asked = replace(question, period=told_period(question.period))
        figure, told = self.count(asked), _told_types(asked)
        kinds = dict.fromkeys(row.key.kind for row in figure.rows if row.key.kind)
        withheld = [str(kind.label) for kind in kinds if kind not in told]
        notes = figure.notes
        if withheld:
            words = gettext("Not told by age, because one of their numbers is small: %(types)s.")
            notes = (*notes, words % {"types": ", ".join(withheld)})
        return replace(figure, rows=tuple(row for row in figure.rows if row.key.kind in told), notes=notes)

    def compared(self, question: Question, *, opens_rows: bool) -> Figure[AgeKey]:
        """What is told has other rows in each period, so that two do not stand beside each other."""
        return super().compared(question, opens_rows=True) if opens_rows else self.told(question)


class Age(Func):
    """Full years on a day, from the day of birth."""

    template = "date_part('year', age(%(expressions)s))::int"
    output_field = IntegerField()


def of_age_group(found: QuerySet[Appointment], group: AgeGroup) -> QuerySet[Appointment]:
    if group.years is None:
        return found.filter(client__birth_date=None)
    least, above = group.years
    # of one without a day of birth the age is null, which is in no group
    found = found.annotate(age=Age(TruncDate("at"), "client__birth_date")).filter(age__gte=least)
    return found if above is None else found.filter(age__lt=above)


def told_period(period: Period) -> Period:
    """The quarter of a month; quarters and years themselves."""
    return Period.containing(period.first, "quarter") if period.kind == "month" else period


def _told_types(question: Question) -> set[Kind]:
    """The types of which no number by age is small: in no quarter of the year, or for a year in the whole of it.

    A quarter is told only when all four can be: else the year less the others would tell the small one.
    """
    year = question.period.first.year
    quarters = [Period.parse_key(f"{year}-Q{number}") for number in (1, 2, 3, 4)]
    found = read(question.municipality.pk, [Measure.ATTENDANCE], quarters, restricted=question.restricted)
    of_year = question.period.kind == "year"
    cells: Counter[tuple[Kind, AgeGroup, bool, int]] = Counter()
    for number, counts in enumerate(found):
        for (kind, age, state), n in AttendedCounts.of(counts).by.items():
            cells[kind, age, state == AppointmentState.MET, 0 if of_year else number] += n
    small = {kind for (kind, _age, _came, _quarter), n in cells.items() if 0 < n < smallest_cell()}
    return set(KINDS) - small


ATTENDANCE_BY_AGE = AttendanceByAge()

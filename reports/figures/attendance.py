"""Who came, of the appointments whose time has passed and that the office did not cancel, by type and age.

By type they are counts of work, exact for whoever may open their list. Ages are clients' traits: whoever may not open
those rows, and every export, gets quarters and years only, and a type by age only where none of its numbers is small.
Where one is, all of the type's ages are withheld: the total of the type is known, so hiding a few would not do.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import MatterKind
from cases.models.appointment import AppointmentState
from core.figures import Figure, FigureRow
from core.periods import Period
from core.suppression import smallest_cell
from reports.figures.ages import AGE_LABELS
from reports.figures.question import Question
from reports.flows.read import Counts, read
from reports.models import Flow

WITHOUT_MATTER: Final = "none"
KINDS: Final[dict[str, str | Promise]] = {
    **{kind.value: kind.label for kind in MatterKind},
    WITHOUT_MATTER: gettext_lazy("No matter"),
}
COMPARED: Final = (MatterKind.SOCIAL_WORK_NEED, MatterKind.REDUCED_AMOUNT)


@dataclass(slots=True)
class Attended:
    """Appointments by type, age group and state."""

    by: Counter[tuple[str, str, str]]

    @classmethod
    def of(cls, counts: Counts) -> "Attended":
        by: Counter[tuple[str, str, str]] = Counter()
        for (_measure, kind, detail), n in counts.by.items():
            age, _dot, state = detail.rpartition(".")
            by[kind or WITHOUT_MATTER, age, state] += n
        return cls(by)

    def count(self, kind: str | None = None, age: str | None = None, state: str | None = None) -> int:
        wanted = (kind, age, state)
        return sum(n for key, n in self.by.items() if all(w in (None, k) for w, k in zip(wanted, key, strict=True)))


def attendance(question: Question) -> Figure:
    """By type: of the appointments, those to which the client came."""
    found = Attended.of(question.counts(Flow.MET, "attendance"))
    rows = [
        question.row("attendance", kind, label, found.count(kind, state=AppointmentState.MET), found.count(kind))
        for kind, label in KINDS.items()
        if kind != WITHOUT_MATTER or found.count(kind)
    ]
    figure = Figure.of_classes(
        "attendance", _("Appointments kept, by type"), rows, denominator(), period=question.period
    )
    return question.with_total_link(figure)


def attendance_by_age(question: Question) -> Figure:
    """By type and age group on the day of the appointment; the key of a row is `kind.age`."""
    found = Attended.of(question.counts(Flow.MET, "attendance"))
    rows = [
        question.row(
            "attendance_by_age",
            f"{kind}.{age}",
            format_lazy("{}, {}", label, words),
            found.count(kind, age, AppointmentState.MET),
            found.count(kind, age),
        )
        for kind, label in KINDS.items()
        for age, words in AGE_LABELS.items()
        if found.count(kind, age)
    ]
    title = _("Appointments kept, by type and age")
    figure = Figure.of_classes("attendance_by_age", title, rows, denominator(), period=question.period)
    return question.with_total_link(figure)


def denominator() -> str:
    return _("appointments of the period whose time has passed and that the office did not cancel")


def told_period(period: Period) -> Period:
    """The quarter of a month; quarters and years themselves."""
    return Period.containing(period.first, "quarter") if period.kind == "month" else period


def without_small_types(figure: Figure, question: Question) -> Figure:
    """The figure by type and age of a quarter or year as those see it who may not open its rows."""
    told = _told_by_age(question)
    rows = tuple(replace(row, link=None) for row in figure.rows if kind_of(row) in told)
    withheld = dict.fromkeys(str(KINDS[kind_of(row)]) for row in figure.rows if kind_of(row) not in told)
    notes = figure.notes
    if withheld:
        words = _("Not told by age, because one of their numbers is small: %(types)s.")
        notes = (*notes, words % {"types": ", ".join(withheld)})
    total = figure.total and replace(figure.total, link=None)
    return replace(figure, rows=rows, total=total, notes=notes)


def kind_of(row: FigureRow) -> str:
    return row.key.split(".")[0]


def _told_by_age(question: Question) -> set[str]:
    """The types of which no number by age is small: in no quarter of the year, or for a year in the whole of it.

    A quarter is told only when all four can be: else the year less the others would tell the small one.
    """
    year = question.period.first.year
    quarters = [Period.parse_key(f"{year}-Q{number}") for number in (1, 2, 3, 4)]
    found = read(question.municipality.pk, Flow.MET, ["attendance"], quarters, restricted=question.restricted)
    of_year = question.period.kind == "year"
    cells: Counter[tuple[str, str, bool, int]] = Counter()
    for number, counts in enumerate(found):
        for (kind, age, state), n in Attended.of(counts).by.items():
            cells[kind, age, state == AppointmentState.MET, 0 if of_year else number] += n
    small = {kind for (kind, _age, _came, _quarter), n in cells.items() if 0 < n < smallest_cell()}
    return set(KINDS) - small


def compared(figure: Figure) -> Figure:
    """Of the figure by type, the two types that the brief compares."""
    kinds = [kind.value for kind in COMPARED]
    return replace(figure, rows=tuple(row for row in figure.rows if row.key in kinds), total=None)


def comparison_words(figure: Figure) -> str:
    """What the figure by type says of the two types, or why it says nothing."""
    need, reduced = (next(row for row in figure.rows if row.key == kind.value) for kind in COMPARED)
    shares = (need.percent, reduced.percent)
    if None in shares or min(need.base or 0, reduced.base or 0) < smallest_cell():
        return _("There are too few appointments to compare the two.")
    difference = round((need.percent or 0) - (reduced.percent or 0), 1)
    if not difference:
        return _("In these appointments the share is the same for both.")
    words = (
        _("In these appointments the share is %(points)s percentage points larger for need of social work.")
        if difference > 0
        else _("In these appointments the share is %(points)s percentage points larger for the reduced basic amount.")
    )
    return words % {"points": number_format(abs(difference), 1)}

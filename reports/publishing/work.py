"""The tables of counts of work: exact, as the figures count them."""

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from core.figures import Figure, FigureRow
from reports.figures.attendance.by_type import ATTENDANCE
from reports.figures.deadlines_kept import DEADLINES_KEPT
from reports.figures.definition import FigureDefinition
from reports.figures.notices.answers import ANSWERS
from reports.figures.notices.by_type import NOTICES_BY_TYPE
from reports.figures.pace.contacts import FIRST_CONTACT, FIRST_REACHED
from reports.figures.pace.decision_delay import DECISION_DELAY
from reports.figures.pace.reach import REACH
from reports.figures.question import Question
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Kind, Row, Table, Words, in_each_language

PUBLISHED: Final[tuple[FigureDefinition[Any], ...]] = (
    NOTICES_BY_TYPE,
    ANSWERS,
    DECISION_DELAY,
    FIRST_CONTACT,
    FIRST_REACHED,
    REACH,
    ATTENDANCE,
    DEADLINES_KEPT,
)
"""What tells of the period and not of the moment. Answers by type are left out: ninety numbers that nobody reads."""


def work_tables(question: Question, period: EditionPeriod) -> list[Table]:
    return [_table(definition, question, period) for definition in PUBLISHED]


def _table(definition: FigureDefinition[Any], question: Question, period: EditionPeriod) -> Table:
    """Counted once; the other languages bring words only."""
    told: dict[str, Figure[Any]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            told[language] = definition.count(question)
    figure = next(iter(told.values()))
    labels = {language: {str(row.key): row.label for row in one.rows} for language, one in told.items()}
    totals: Words = {language: one.total.label for language, one in told.items() if one.total}
    return Table(
        name=definition.name,
        kind=Kind.WORK,
        period=period,
        title={language: one.title for language, one in told.items()},
        of={language: one.denominator for language, one in told.items()},
        rows_are=in_each_language(lambda: str(definition.rows_are)),
        counts_are=in_each_language(lambda: str(definition.counts_are)),
        n=figure.n or 0,
        rows=tuple(_row(row, {language: of[str(row.key)] for language, of in labels.items()}) for row in figure.rows),
        total=_row(figure.total, totals) if figure.total else None,
        notes=_of_that_day() if definition is ANSWERS else tuple(_notes(told.values(), list(told))),
        unit={language: one.unit for language, one in told.items()} if figure.unit else {},
    )


def _row(row: FigureRow[Any], label: Words) -> Row:
    return Row("" if row.key is None else str(row.key), label, row.count or 0, row.base, row.spread)


def _of_that_day() -> tuple[Words, ...]:
    """The figure's own note speaks of now."""
    return (in_each_language(lambda: gettext("The outcomes are those that were known on the day of publication.")),)


def _notes(figures: Iterable[Figure[Any]], languages: list[str]) -> list[Words]:
    return [dict(zip(languages, notes, strict=True)) for notes in zip(*(one.notes for one in figures), strict=True)]

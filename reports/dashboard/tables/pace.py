"""How long things took: rows with their spread, each with how many have no days, and how many of these are closed."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.figures import Figure, FigureRow
from reports.dashboard.tables.numbers import Number, number
from reports.figures.definition import FigureDefinition
from reports.figures.pace.contacted import Missing, PaceKey
from reports.figures.pace.contacts import FirstContact, FirstReached
from reports.figures.pace.decision_delay import DECISION_DELAY, DecisionKey, NotTold
from reports.figures.question import Question


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """`closed` are those of the `missing` to whom it will not happen any more; None where there is no such thing."""

    row: FigureRow[Any]
    missing: Number
    closed: Number | None
    is_total: bool


@dataclass(frozen=True, slots=True)
class SpreadTable:
    figure: Figure[Any]
    missing_words: str
    nothing: str
    rows: list[SpreadRow]
    csv: str


Without = Callable[[FigureRow[Any]], tuple[Number, Number | None]]


def decisions(figure: Figure[DecisionKey], question: Question, csv: str) -> SpreadTable:
    def without(row: FigureRow[Any]) -> tuple[Number, None]:
        key = DecisionKey(row.key and row.key.kind, NotTold.NOT_TOLD)
        return number("", _missing(row), DECISION_DELAY, key, question), None

    nothing = _("No application arrived in this period or the one before.")
    return SpreadTable(figure, str(NotTold.NOT_TOLD.label), nothing, _rows(figure, without), csv)


def contacts(
    definition: FirstContact | FirstReached, figure: Figure[PaceKey], question: Question, csv: str
) -> SpreadTable:
    ended: Counter[str] = definition.closed_without(question)

    def without(row: FigureRow[Any]) -> tuple[Number, Number]:
        kind = row.key and row.key.kind
        closed = ended[kind] if kind else ended.total()
        return (
            _number(definition, PaceKey(kind, Missing.NOT_YET), _missing(row), question),
            _number(definition, PaceKey(kind, Missing.CLOSED), closed, question),
        )

    missing = str(definition.missing_words[Missing.NOT_YET])
    nothing = _("No notice arrived in this period or the one before.")
    return SpreadTable(figure, missing, nothing, _rows(figure, without), csv)


def _number(definition: FigureDefinition[PaceKey], key: PaceKey, count: int, question: Question) -> Number:
    return number("", count, definition, key, question)


def _missing(row: FigureRow[Any]) -> int:
    return (row.base or 0) - (row.count or 0)


def _rows(figure: Figure[Any], without: Without) -> list[SpreadRow]:
    """The rows that had something in either period, then their total."""
    found = [row for row in figure.rows if row.base or (row.before and row.before.base)]
    shown = [SpreadRow(row, *without(row), is_total=False) for row in found]
    if figure.total and len(found) > 1:
        shown.append(SpreadRow(figure.total, *without(figure.total), is_total=True))
    return shown

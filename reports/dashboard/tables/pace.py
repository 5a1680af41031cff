"""How long things took: rows with their spread, each with how many have no days yet."""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from core.figures import Figure, FigureRow
from reports.dashboard.tables.numbers import Number, number
from reports.figures.definition import FigureDefinition
from reports.figures.pace.contacted import Missing, PaceKey
from reports.figures.question import Question

P = TypeVar("P", bound=PaceKey)


@dataclass(frozen=True, slots=True)
class SpreadRow:
    row: FigureRow[Any]
    missing: Number
    is_total: bool


def spread_rows(definition: FigureDefinition[P], figure: Figure[P], question: Question) -> list[SpreadRow]:
    """The rows that had something in either period, then their total."""

    def with_missing(row: FigureRow[Any], key: P) -> SpreadRow:
        count = (row.base or 0) - (row.count or 0)
        missing = number("", count, definition, replace(key, missing=Missing.NOT_YET), question)
        return SpreadRow(row, missing, is_total=row.key is None)

    found = [row for row in figure.rows if row.base or (row.before and row.before.base)]
    shown = [with_missing(row, row.key) for row in found]
    if figure.total and len(found) > 1:
        shown.append(with_missing(figure.total, definition.keys()))
    return shown

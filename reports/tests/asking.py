"""Figures and the rows behind their numbers by the texts that addresses and scripts know."""

from typing import Any

from django.db.models import QuerySet

from core.figures import Figure, FigureRow
from reports.figures.question import Question
from reports.figures.registry import FIGURES, LISTINGS


def build(name: str, question: Question) -> Figure[Any]:
    return FIGURES[name].exact(question)


def rows_of(name: str, key: str, question: Question) -> QuerySet[Any]:
    listing = LISTINGS[name]
    return listing.rows(listing.keys.read(key), question)


def row_of(figure: Figure[Any], key: str) -> FigureRow[Any]:
    return next(row for row in figure.rows if str(row.key) == key)


def counts_of(figure: Figure[Any]) -> dict[str, int | None]:
    return {str(row.key): row.count for row in figure.rows}


def numbers_of(figure: Figure[Any], key: str) -> tuple[int | None, int | None]:
    row = row_of(figure, key)
    return row.count, row.base


def shown_counts(name: str, question: Question) -> dict[str, int | None]:
    """The counts but those that are nothing."""
    return {key: count for key, count in counts_of(build(name, question)).items() if count != 0}

"""Several lists of one model in one statement."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import CharField, Model, QuerySet, Value, Window
from django.db.models.functions import RowNumber

M = TypeVar("M", bound=Model)


def in_one(parts: Mapping[str, tuple[QuerySet[M], int | None]]) -> dict[str, list[M]]:
    """Of each part its first rows, in its own order, at most as many as its limit if it has one.

    All parts must be read alike: with the same annotations, and the same rows joined by `select_related`. What the
    first one prefetches is prefetched for all of them.
    """
    first, *rest = (_part(name, rows, limit) for name, (rows, limit) in parts.items())
    found: dict[str, list[M]] = defaultdict(list)
    for row in sorted(first.union(*rest, all=True), key=lambda row: row.nth):
        found[row.part].append(row)
    return {name: found[name] for name in parts}


def _part(name: str, rows: QuerySet[M], limit: int | None) -> QuerySet[Any]:
    order: list[Any] = list(rows.query.order_by)
    nth = Window(RowNumber(), order_by=order)
    return rows.annotate(part=Value(name, CharField()), nth=nth).order_by("nth")[:limit]

"""How many days something took: the middle and the spread of those that have happened, and how many have not."""

from collections import Counter
from dataclasses import replace

from django.utils.translation import gettext as _

from core.figures import FigureRow
from core.spread import Spread, spread_of
from reports.figures.definition import K, row
from reports.flows.measures import NOT_YET


def timed(key: K, details: Counter[str]) -> FigureRow[K]:
    """The row of those that have days, of all."""
    whole = sum(details.values())
    return replace(row(key, whole - details[NOT_YET], whole), spread=spread_of_days(details))


def spread_of_days(details: Counter[str]) -> Spread | None:
    return spread_of({int(detail): n for detail, n in details.items() if detail != NOT_YET})


def told(spread: Spread | None, unit: str) -> tuple[str, ...]:
    if spread is None:
        return ()
    words = _("Median %(median)s %(unit)s; the middle half took %(low)s–%(high)s.")
    return (words % {"median": spread.median, "unit": unit, "low": spread.low, "high": spread.high},)

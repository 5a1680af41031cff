"""Keeps the daily flows equal to the rows: what is stale, a window of days every night, or any days at all.

One municipality is counted by one at a time (an advisory lock). The order is what keeps a change from being lost: the
marks of staleness are taken away in one statement and the rows counted in a later one, so a change that was not
committed when the marks went has its own mark, which stays.
"""

import datetime
import logging
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils import timezone

from core.row_security import across_municipalities
from municipalities.models import Municipality
from reports.flows.sql import counting, parameters
from reports.models import DailyFlow, Flow, StaleDay

logger = logging.getLogger(__name__)

LOCK: Final = 0x464C4F57  # the first half of the advisory lock; the other is the municipality
DAYS_AT_ONCE: Final = 400
WINDOW: Final = datetime.timedelta(days=62)
AHEAD: Final = datetime.timedelta(days=31)

COLUMNS: Final = "measure, day, kind, detail, n, restricted"
DIFFERING: Final = """
    WITH counted AS (SELECT {columns} FROM ({counting}) AS found),
        stored AS (SELECT {columns} FROM reports_dailyflow
            WHERE municipality_id = %(municipality)s AND flow = %(flow)s AND day = ANY (%(days)s))
    SELECT DISTINCT day FROM ((TABLE counted EXCEPT TABLE stored) UNION ALL (TABLE stored EXCEPT TABLE counted)) AS d
"""
STORE: Final = """
    INSERT INTO reports_dailyflow (municipality_id, flow, {columns})
    SELECT %(municipality)s, %(flow)s, {columns} FROM ({counting}) AS counted
"""


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many days were looked at, and how many had other numbers though nothing had said that they were stale."""

    days: int = 0
    differing: int = 0

    def __add__(self, other: "Recounted") -> "Recounted":
        return Recounted(self.days + other.days, self.differing + other.differing)


def recount_stale() -> int:
    """Count the stale days of every municipality; gives how many. A municipality being counted elsewhere waits."""
    with across_municipalities("each municipality's stale days are counted"):
        waiting = list(StaleDay.objects.order_by("municipality").values_list("municipality", flat=True).distinct())
    counted = 0
    for municipality in waiting:
        with across_municipalities("the worker counts one municipality after another", [municipality]):
            if _lock(municipality, wait=False):
                counted += _stale_of(municipality)
    return counted


def recount_window(today: datetime.date) -> Recounted:
    """Every municipality's last two months: a number that differs unseen is put right and told in the log."""
    total = Recounted()
    for municipality in Municipality.objects.order_by("pk").values_list("pk", flat=True):
        total += recount(municipality, today - WINDOW, today + AHEAD)
    if total.differing:
        logger.error("daily flows: %d of %d days differed from their rows", total.differing, total.days)
    return total


def recount(municipality: int, first: datetime.date, last: datetime.date) -> Recounted:
    """Count these days again, both ends included, and store those that differ."""
    total = Recounted()
    with across_municipalities("the counts of one municipality are made anew", [municipality]):
        _lock(municipality)
        for start in range(0, (last - first).days + 1, DAYS_AT_ONCE):
            length = min(DAYS_AT_ONCE, (last - first).days + 1 - start)
            days = [first + datetime.timedelta(days=start + i) for i in range(length)]
            for flow in Flow:
                total += _recount(municipality, flow, days)
    return total


def _lock(municipality: int, *, wait: bool = True) -> bool:
    """Until the end of the transaction. A statement of its own: those after it see what the holder before did."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, municipality])
            return True
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, municipality])
        return bool(cursor.fetchone()[0])


def _stale_of(municipality: int) -> int:
    counted = 0
    for flow in Flow:
        days = sorted(_stale_days(municipality, flow))
        for start in range(0, len(days), DAYS_AT_ONCE):
            counted += _recount(municipality, flow, days[start : start + DAYS_AT_ONCE]).days
    return counted


def _recount(municipality: int, flow: Flow, days: Collection[datetime.date]) -> Recounted:
    days = [day for day in days if _is_over(flow, day)]
    if not days:
        return Recounted()
    stale = _take_marks(municipality, flow, days)
    values = parameters(municipality, days) | {"flow": flow.value}
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING.format(columns=COLUMNS, counting=counting(flow)), values)
        differing = [day for (day,) in cursor.fetchall()]
        if differing:
            DailyFlow.objects.filter(municipality=municipality, flow=flow, day__in=differing).delete()
            values["days"] = differing
            cursor.execute(STORE.format(columns=COLUMNS, counting=counting(flow)), values)
    # what was changed in the meantime has a mark by now
    unseen = set(differing) - stale - _stale_days(municipality, flow)
    return Recounted(len(days), len(unseen))


def _is_over(flow: Flow, day: datetime.date) -> bool:
    """Whether an appointment has passed depends on the hour: its day is stored once it is over."""
    return flow != Flow.MET or day < timezone.localdate()


def _take_marks(municipality: int, flow: Flow, days: Collection[datetime.date]) -> set[datetime.date]:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH taken AS (DELETE FROM reports_staleday WHERE municipality_id = %s AND flow = %s AND day = ANY (%s) "
            "RETURNING day) SELECT DISTINCT day FROM taken",
            [municipality, flow.value, list(days)],
        )
        return {day for (day,) in cursor.fetchall()}


def _stale_days(municipality: int, flow: Flow) -> set[datetime.date]:
    found = StaleDay.objects.filter(municipality=municipality, flow=flow).order_by("day").values_list("day", flat=True)
    return set(found.distinct())

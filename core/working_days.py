"""Working days (arkipäivä) and the deadlines counted in them.

A working day is Monday to Friday, neither a public holiday nor Christmas Eve nor Midsummer Eve (act 150/1930, 5 §).
The first day is not counted. The act lets a time end on none of those days, yet does not say whether an eve
inside it counts: the two readings differ in that only.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal

import holidays

DAY = timedelta(days=1)
SATURDAY = 5


class WorkingDayReading(StrEnum):
    STRICT = "strict"  # an eve counts inside the time, never as its last day: the earlier day
    WIDE = "wide"  # an eve never counts: the outer limit


@lru_cache(maxsize=256)
def eves(year: int) -> frozenset[date]:
    """Christmas Eve and Midsummer Eve, the Friday of 19–25 June."""
    nineteenth = date(year, 6, 19)
    return frozenset({nineteenth + (4 - nineteenth.weekday()) % 7 * DAY, date(year, 12, 24)})


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """Without the eves: `holidays` lists them as public from some versions on."""
    return frozenset(holidays.country_holidays("FI", years=year)) - eves(year)


def is_working_day(day: date) -> bool:
    return _counts(day, WorkingDayReading.WIDE)


@lru_cache(maxsize=4096)
def nth_working_day(arrival: date, n: int, reading: WorkingDayReading = WorkingDayReading.STRICT) -> date:
    """The `n`th (≥ 1) working day after `arrival`, which may be any day and is not counted itself."""
    if n < 1:
        raise ValueError("n must be at least 1")
    day = arrival
    while n:
        day += DAY
        n -= _counts(day, reading)
    while not is_working_day(day):
        day += DAY
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`: what is late by this many when due on `start`."""
    if end <= start:
        return 0
    years = range(start.year, end.year + 1)
    before = bisect_right(_working_days(start.year), start)
    after = len(_working_days(end.year)) - bisect_right(_working_days(end.year), end)
    return sum(len(_working_days(year)) for year in years) - before - after


def working_days_since(start: date, end: date) -> list[date]:
    """The working days from `start` to `end`, both included, in order: for a database that has to count them."""
    days = (day for year in range(start.year, end.year + 1) for day in _working_days(year))
    return [day for day in days if start <= day <= end]


@dataclass(frozen=True, slots=True)
class DayCell:
    """One cell of the strip that shows how a deadline was counted."""

    day: date
    until: date  # differs from `day` in a gap of several days only
    number: int | None  # which counted day this is; None on the day of arrival and in gaps
    kind: Literal["past", "now", "ahead", "end", "gap"]
    arrival: bool
    today: bool


def counting(
    arrival: date,
    due: date,
    today: date,
    *,
    number: int | None = None,
    reading: WorkingDayReading = WorkingDayReading.STRICT,
) -> list[DayCell]:
    """The days from `arrival` to `due`, those that are not counted merged into gaps.

    `number` is which working day `due` was asked to be. With it, an eve that would have been the last day, and so
    moved the deadline, falls into a gap.
    """
    counted = [day for day in _days(arrival + DAY, due) if _counts(day, reading)]
    if number is not None and len(counted) > number and counted[number - 1] in eves(counted[number - 1].year):
        del counted[number - 1]
    numbers = {day: place for place, day in enumerate(counted, start=1)}
    cells: list[DayCell] = []
    for day in _days(arrival, due):
        if day not in (arrival, due) and day not in numbers:
            if cells[-1].kind == "gap":
                last = cells.pop()
                cells.append(DayCell(last.day, day, None, "gap", False, last.today or day == today))
                continue
            kind: Literal["past", "now", "ahead", "end", "gap"] = "gap"
        elif day == due:
            kind = "end"
        else:
            kind = "now" if day == today else "past" if day < today else "ahead"
        cells.append(DayCell(day, day, numbers.get(day), kind, day == arrival, day == today))
    return cells


def _counts(day: date, reading: WorkingDayReading) -> bool:
    if day.weekday() >= SATURDAY or day in public_holidays(day.year):
        return False
    return reading is WorkingDayReading.STRICT or day not in eves(day.year)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


@lru_cache(maxsize=256)
def _working_days(year: int) -> tuple[date, ...]:
    return tuple(day for day in _days(date(year, 1, 1), date(year, 12, 31)) if is_working_day(day))

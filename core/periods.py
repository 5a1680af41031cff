"""The periods that figures are counted for: whole months, quarters and years, none of which overlap in part."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

from django.utils.formats import date_format
from django.utils.translation import gettext

MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
KEY: Final = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})|-Q(?P<quarter>[1-4]))?")

Kind = Literal["month", "quarter", "year"]
MONTHS: Final[dict[Kind, int]] = {"month": 1, "quarter": 3, "year": 12}


class PeriodError(ValueError):
    """The message is for people, in their language."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    first: date  # first day
    last: date  # last day, inclusive

    @classmethod
    def parse(cls, start: str, end: str) -> Self:
        """From two months "YYYY-MM", both inclusive; raises PeriodError."""
        period = cls(_month(start), _end_of_month(_month(end)))
        if period._kind is None:
            raise PeriodError(gettext("The period must be one whole month, quarter or year."))
        return period

    @classmethod
    def parse_key(cls, text: str) -> Self:
        """From a key: "2018-11", "2018-Q4" or "2018"; raises PeriodError."""
        found = KEY.fullmatch(text)
        if not found:
            raise PeriodError(gettext("Give the period as 2018-11, 2018-Q4 or 2018."))
        year = found["year"]
        if found["month"]:
            return cls.parse(text, text)
        if found["quarter"]:
            last = int(found["quarter"]) * 3
            return cls.parse(f"{year}-{last - 2:02}", f"{year}-{last:02}")
        return cls.parse(f"{year}-01", f"{year}-12")

    @classmethod
    def containing(cls, day: date, kind: Kind = "month") -> Self:
        length = MONTHS[kind]
        start = date(day.year, (day.month - 1) // length * length + 1, 1)
        return cls(start, _end_of_month(date(day.year, start.month + length - 1, 1)))

    @property
    def kind(self) -> Kind:
        if self._kind is None:
            raise PeriodError(gettext("The period must be one whole month, quarter or year."))
        return self._kind

    @property
    def _kind(self) -> Kind | None:
        return next((kind for kind in MONTHS if type(self).containing(self.first, kind) == self), None)

    @property
    def key(self) -> str:
        return {
            "month": f"{self.first:%Y-%m}",
            "quarter": f"{self.first:%Y}-Q{self.last.month // 3}",
            "year": f"{self.first:%Y}",
        }[self.kind]

    @property
    def path(self) -> tuple[str, ...]:
        """Its place in the tree year, quarter, month, as `suppression` wants it."""
        kinds: tuple[Kind, ...] = ("year", "quarter", "month")
        return tuple(self.containing(self.first, kind).key for kind in kinds[: kinds.index(self.kind) + 1])

    @property
    def label(self) -> str:
        """ "lokakuu 2018", "4. vuosineljännes 2018", "vuosi 2018"."""
        if self.kind == "month":
            return date_format(self.first, "YEAR_MONTH_FORMAT")
        if self.kind == "quarter":
            return gettext("quarter %(number)s of %(year)s") % {"number": self.last.month // 3, "year": self.first.year}
        return gettext("year %(year)s") % {"year": self.first.year}

    def __str__(self) -> str:
        return self.label

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def previous(self) -> Self:
        """The period of the same length that ends where this begins."""
        return self.containing(self.first - timedelta(days=1), self.kind)


def choices(since: date, today: date) -> dict[Kind, list[Period]]:
    """The periods that touch the days from `since` to `today`, newest first, by kind."""
    return {kind: _back_to(since, Period.containing(today, kind)) for kind in MONTHS}


def _back_to(since: date, period: Period) -> list[Period]:
    found = []
    while period.last >= since:
        found.append(period)
        period = period.previous()
    return found


def _month(text: str) -> date:
    found = MONTH.fullmatch(text)
    # the years around leave room to step to the period before and after
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2200:
        raise PeriodError(gettext("Give the month as year and month, such as 2018-11."))
    return date(int(found[1]), int(found[2]), 1)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])

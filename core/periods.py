"""The periods that figures are counted for: whole months, quarters and years, none of which overlap in part.

On the pages any months that follow each other may be asked for too (`of_months`): what leaves is of the others only.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

from django.utils.formats import date_format
from django.utils.translation import gettext

MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
KEY: Final = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})|-Q(?P<quarter>[1-4]))?")

BETWEEN: Final = "_"
LONGEST: Final = 120

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
        period = cls.of_months(start, end)
        if period._kind is None:
            raise PeriodError(gettext("The period must be one whole month, quarter or year."))
        return period

    @classmethod
    def of_months(cls, start: str, end: str) -> Self:
        """From two months "YYYY-MM", both inclusive, at most ten years; raises PeriodError."""
        period = cls(_month(start), _end_of_month(_month(end)))
        if period.last < period.first:
            raise PeriodError(gettext("The last month is before the first."))
        if period._months > LONGEST:
            raise PeriodError(gettext("Choose at most %(years)s years.") % {"years": LONGEST // 12})
        return period

    @classmethod
    def read(cls, text: str) -> Self:
        """From any key, that of `of_months` too: "2018-03_2018-10"; raises PeriodError."""
        start, between, end = text.partition(BETWEEN)
        return cls.of_months(start, end) if between else cls.parse_key(text)

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
    def _months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def key(self) -> str:
        match self._kind:
            case "month":
                return f"{self.first:%Y-%m}"
            case "quarter":
                return f"{self.first:%Y}-Q{self.last.month // 3}"
            case "year":
                return f"{self.first:%Y}"
            case None:
                return f"{self.first:%Y-%m}{BETWEEN}{self.last:%Y-%m}"

    @property
    def path(self) -> tuple[str, ...]:
        """Its place in the tree year, quarter, month, as `suppression` wants it."""
        kinds: tuple[Kind, ...] = ("year", "quarter", "month")
        return tuple(self.containing(self.first, kind).key for kind in kinds[: kinds.index(self.kind) + 1])

    @property
    def label(self) -> str:
        """ "lokakuu 2018", "4. vuosineljännes 2018", "vuosi 2018", "maaliskuu–lokakuu 2018"."""
        match self._kind:
            case "month":
                return _month_words(self.first)
            case "quarter":
                words = gettext("quarter %(number)s of %(year)s")
                return words % {"number": self.last.month // 3, "year": self.first.year}
            case "year":
                return gettext("year %(year)s") % {"year": self.first.year}
            case None if self.first.year == self.last.year:
                return f"{date_format(self.first, 'F')}–{_month_words(self.last)}"
            case None:
                return f"{_month_words(self.first)} – {_month_words(self.last)}"

    def __str__(self) -> str:
        return self.label

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def previous(self) -> Self:
        """The period of as many months that ends where this begins."""
        last = self.first - timedelta(days=1)
        if self._kind:
            return self.containing(last, self._kind)
        return type(self)(_months_before(self.first, self._months), last)


def choices(since: date, today: date) -> dict[Kind, list[Period]]:
    """The periods that touch the days from `since` to `today`, newest first, by kind."""
    return {kind: _back_to(since, Period.containing(today, kind)) for kind in MONTHS}


def _back_to(since: date, period: Period) -> list[Period]:
    found = []
    while period.last >= since:
        found.append(period)
        period = period.previous()
    return found


def months(since: date, until: date) -> list[Period]:
    """The months that touch these days, oldest first."""
    return _back_to(since, Period.containing(until))[::-1]


def _month_words(day: date) -> str:
    return date_format(day, "YEAR_MONTH_FORMAT")


def _months_before(day: date, count: int) -> date:
    """The first day of the month that is so many months before."""
    years, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(years, month + 1, 1)


def _month(text: str) -> date:
    found = MONTH.fullmatch(text)
    # the years around leave room to step to the period before and after
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2200:
        raise PeriodError(gettext("Give the month as year and month, such as 2018-11."))
    return date(int(found[1]), int(found[2]), 1)


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])

"""The periods of which numbers are published: months, quarters, half-years, years and the trial, once they are over."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.periods import Period, PeriodError
from municipalities.models import Municipality, TrialPeriod

HALF: Final = re.compile(r"([0-9]{4})-H([12])")
TRIAL: Final = re.compile(r"trial-([0-9]{4}-[0-9]{2}-[0-9]{2})")
DAY: Final = datetime.timedelta(days=1)


class Sort(models.TextChoices):
    MONTH = "month", _("Months")
    QUARTER = "quarter", _("Quarters")
    HALF = "half", _("Half-years")
    YEAR = "year", _("Years")
    TRIAL = "trial", _("Trial")


MONTHS: Final[dict[Sort, int]] = {Sort.MONTH: 1, Sort.QUARTER: 3, Sort.HALF: 6, Sort.YEAR: 12}


@dataclass(frozen=True, slots=True, order=True)
class EditionPeriod(Period):
    """Half-years and the trial too; the trial begins and ends on any day."""

    @classmethod
    def of(cls, sort: Sort, day: datetime.date) -> Self:
        """The one that holds the day; not of the trial, which is a municipality's."""
        length = MONTHS[sort]
        start = datetime.date(day.year, (day.month - 1) // length * length + 1, 1)
        return cls(start, _months_later(start, length) - DAY)

    @property
    def sort(self) -> Sort:
        return next((sort for sort in MONTHS if self.of(sort, self.first) == self), Sort.TRIAL)

    @property
    def key(self) -> str:
        if self.sort == Sort.HALF:
            return f"{self.first:%Y}-H{self.last.month // 6}"
        return f"trial-{self.first}" if self.sort == Sort.TRIAL else Period(self.first, self.last).key

    @property
    def label(self) -> str:
        """ "1. puolivuosi 2018", "kokeilu 1.1.2018–31.12.2019"; the others as in the figures."""
        if self.sort == Sort.HALF:
            words = gettext("half-year %(number)s of %(year)s")
            return words % {"number": self.last.month // 6, "year": self.first.year}
        if self.sort == Sort.TRIAL:
            days = {"first": _full(self.first), "last": _full(self.last)}
            return gettext("trial %(first)s–%(last)s") % days
        return Period(self.first, self.last).label

    def __str__(self) -> str:
        return self.label

    def previous(self) -> Self:
        """As long, in months where it is of whole ones, and ending where this begins."""
        if self.sort == Sort.TRIAL:
            return type(self)(self.first - (self.last - self.first) - DAY, self.first - DAY)
        return self.of(self.sort, self.first - DAY)

    @property
    def closed(self) -> bool:
        return self.last < timezone.localdate()

    def overlaps(self, other: Period) -> bool:
        return self.first <= other.last and other.first <= self.last

    def halves(self) -> list[Self]:
        """The whole half-years in it: those of which clients' traits are told."""
        found = self.of(Sort.HALF, self.first)
        halves = []
        while found.first <= self.last:
            if self.first <= found.first and found.last <= self.last:
                halves.append(found)
            found = self.of(Sort.HALF, found.last + DAY)
        return halves


def read_key(text: str, municipality: Municipality) -> EditionPeriod:
    """From "2018-10", "2018-Q4", "2018-H2", "2018" or "trial-2018-01-01"; raises PeriodError."""
    if found := HALF.fullmatch(text):
        return EditionPeriod.of(Sort.HALF, _day(int(found[1]), int(found[2]) * 6))
    if TRIAL.fullmatch(text):
        return _matching(text, trials(municipality))
    if text == Sort.TRIAL:
        return _matching(None, trials(municipality))
    try:
        period = Period.parse_key(text)
    except PeriodError as error:
        raise PeriodError(gettext("Give the period as 2018-11, 2018-Q4, 2018-H2, 2018 or trial.")) from error
    return EditionPeriod(period.first, period.last)


def read_months(first: str, last: str, municipality: Municipality) -> EditionPeriod:
    """From two months "YYYY-MM" that bound one of the periods; raises PeriodError."""
    starts, ends = (Period.parse(text, text) for text in (first, last))
    period = EditionPeriod(starts.first, ends.last)
    if period.sort == Sort.TRIAL and period not in trials(municipality):
        raise PeriodError(gettext("Numbers are published of whole months, quarters, half-years, years and the trial."))
    return period


def trials(municipality: Municipality) -> list[EditionPeriod]:
    """Of which the end is known."""
    found = TrialPeriod.objects.filter(municipality=municipality).exclude(ends=None).order_by("starts")
    return [EditionPeriod(one.starts, one.ends) for one in found if one.ends]


def closed_periods(municipality: Municipality, since: datetime.date, today: datetime.date) -> list[EditionPeriod]:
    """Those that ended on `since` or later and before `today`: the shorter first, as the longer stand on them."""
    ended = [period for sort in MONTHS for period in _ending(sort, since, today)]
    own = [one for one in trials(municipality) if since <= one.last < today and one not in ended]
    return ended + own


def _ending(sort: Sort, since: datetime.date, today: datetime.date) -> Iterator[EditionPeriod]:
    period = EditionPeriod.of(sort, since)
    while period.last < today:
        yield period
        period = EditionPeriod.of(sort, period.last + DAY)


def _matching(text: str | None, known: list[EditionPeriod]) -> EditionPeriod:
    for period in known:
        if text in (None, f"trial-{period.first}"):
            return period
    raise PeriodError(gettext("The municipality has no such trial with a known end."))


def _day(year: int, month: int) -> datetime.date:
    if not 1900 <= year <= 2200:
        raise PeriodError(gettext("Give the month as year and month, such as 2018-11."))
    return datetime.date(year, month, 1)


def _full(day: datetime.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _months_later(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months, 12)
    return datetime.date(day.year + years, month + 1, 1)

"""Which days make sense: what a form takes, and what a verb takes. What the tables hold at all: `table_days`."""

import datetime
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.saving import NotPossible

EARLIEST: Final = datetime.date(1900, 1, 1)
OUTSIDE = _("Check the day. It can be from %(first)s to %(last)s.")


@dataclass(frozen=True, slots=True)
class Span:
    """Years from today; without `back` from the year 1900."""

    back: int | None = None
    ahead: int = 10

    def days(self, today: datetime.date | None = None) -> tuple[datetime.date, datetime.date]:
        """The first and the last day."""
        today = today or timezone.localdate()
        return EARLIEST if self.back is None else _years(today, -self.back), _years(today, self.ahead)

    def reason(self, day: datetime.date) -> str | None:
        """Why the day is not taken; None when it is."""
        first, last = self.days()
        if first <= day <= last:
            return None
        if self.ahead == 0 and day > last:
            return str(_("The day cannot be in the future."))
        if self.back == 0 and day < first:
            return str(_("The day cannot be in the past."))
        return str(OUTSIDE) % {"first": _written(first), "last": _written(last)}


ORDINARY: Final = Span()
PAST: Final = Span(back=10, ahead=0)
"""What has happened, in the memory of whoever records it."""
APPOINTMENTS: Final = Span(back=0, ahead=2)


def check_day(day: datetime.date, span: Span = ORDINARY, field: str = "day") -> None:
    """Raises NotPossible beside the field."""
    reason = span.reason(day)
    if reason is not None:
        raise NotPossible(reason, field)


def _years(day: datetime.date, years: int) -> datetime.date:
    """The same day of another year; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _written(day: datetime.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")

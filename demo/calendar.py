"""Days and hours at which things happen in offices."""

import datetime
from random import Random

from django.utils import timezone

from core.working_days import is_working_day, nth_working_day

DAY = datetime.timedelta(days=1)
FIRST_MINUTE, LAST_MINUTE = 8 * 60 + 5, 15 * 60 + 45


def at(day: datetime.date, minutes: int) -> datetime.datetime:
    """A moment of the Helsinki day, in minutes from midnight."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(minutes // 60, minutes % 60)))


def office_hour(day: datetime.date, random: Random, earliest: int = FIRST_MINUTE) -> datetime.datetime:
    return at(day, random.randint(min(earliest, LAST_MINUTE), LAST_MINUTE))


def later(day: datetime.date, working_days: int) -> datetime.date:
    """So many working days after `day`; 0 is `day` itself, or the next working day."""
    if working_days > 0:
        return nth_working_day(day, working_days)
    while not is_working_day(day):
        day += DAY
    return day


def working_days(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [day for day in days if is_working_day(day)]

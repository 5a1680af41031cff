"""Days and times in the words of the pages: "huomenna, ke 14.11.", "Myöhässä 3 arkipäivää", "klo 13.05"."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext, ngettext

from core.working_days import DayCell, working_days_between

DAY = timedelta(days=1)
LONG_AGO = timedelta(days=366)


def short_day(day: date, today: date | None = None) -> str:
    """ "ke 14.11.", with the year when it is another one than today's."""
    this_year = day.year == _today(today).year
    return date_format(_day(day), "WEEKDAY_FORMAT" if this_year else "WEEKDAY_YEAR_FORMAT")


def day_words(day: date, today: date | None = None) -> str:
    """ "tänään", "huomenna, ke 14.11.", "eilen, ma 12.11.", else the short day."""
    today = _today(today)
    day = _day(day)
    if day == today:
        return gettext("today")
    if day == today + DAY:
        return gettext("tomorrow, %(day)s") % {"day": short_day(day, today)}
    if day == today - DAY:
        return gettext("yesterday, %(day)s") % {"day": short_day(day, today)}
    return short_day(day, today)


def due_words(due: date, today: date | None = None) -> str:
    """When something is due: "Myöhässä 3 arkipäivää", "Tänään", "huomenna, ke 14.11.", "to 15.11."."""
    today = _today(today)
    if due == today:
        return gettext("Today")
    if due > today:
        return day_words(due, today)
    late = days_late(due, today)
    if not late:
        return gettext("Late, was due %(day)s") % {"day": day_words(due, today)}
    return ngettext("%(count)s working day late", "%(count)s working days late", late) % {"count": late}


def days_late(due: date, today: date) -> int:
    """Working days since the due day; 0 while there is none, and after a year, when the day itself says more.

    So a row of a list counts over a year at most, whatever day was once typed.
    """
    return working_days_between(due, today) if today - due <= LONG_AGO else 0


def due_state(due: date, today: date | None = None) -> str:
    """How a deadline is drawn: "late", "soon" (today) or ""."""
    today = _today(today)
    return "late" if due < today else "soon" if due == today else ""


def long_day(day: date) -> str:
    """ "tiistai 13.11."."""
    return date_format(_day(day), "LONG_WEEKDAY_FORMAT")


def clock(moment: datetime | time) -> str:
    """ "klo 13.05"."""
    if isinstance(moment, datetime):
        moment = _local(moment).time()
    return gettext("at %(time)s") % {"time": time_format(moment, "TIME_FORMAT")}


def moment(when: datetime, today: date | None = None) -> str:
    """ "ma 5.11. klo 6.31"; "tänään klo 8.05", "eilen klo 15.58"."""
    local = _local(when)
    today = _today(today)
    near = {
        today: gettext("today"),
        today - DAY: gettext("yesterday"),
        today + DAY: gettext("tomorrow"),
    }
    return f"{near.get(local.date()) or short_day(local.date(), today)} {clock(local)}"


def full_stop(text: str) -> str:
    """The sentence with its full stop; a day at its end may have brought one ("ma 5.11.")."""
    return text if text.endswith(".") else f"{text}."


def cell_words(cell: DayCell, today: date | None = None) -> str:
    """The head of a cell in a deadline's strip: "ma 5.11.", "tänään", "la–su"."""
    if cell.kind == "gap":
        first, last = date_format(cell.day, "D"), date_format(cell.until, "D")
        return first if first == last else f"{first}–{last}"
    return gettext("today") if cell.today else short_day(cell.day, today)


def _today(today: date | None) -> date:
    return today or timezone.localdate()


def _day(day: date) -> date:
    return _local(day).date() if isinstance(day, datetime) else day


def _local(when: datetime) -> datetime:
    return timezone.localtime(when) if timezone.is_aware(when) else when

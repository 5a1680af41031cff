"""Days and times of the clock as they are typed into a note."""

import datetime
import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.day_field import DayField

CLOCK: Final = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
DAYS: Final = DayField()


class NotUnderstood(Exception):
    """What was typed is no such value. `words` say how to write it."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words)
        self.words = str(words)


def read_day(text: str) -> datetime.date:
    try:
        day = DAYS.clean(text)
    except ValidationError as error:
        raise NotUnderstood(error.messages[0]) from None
    assert isinstance(day, datetime.date)  # noqa: S101 - there is a text
    return day


def read_clock(text: str) -> datetime.time:
    """ "13.00", "13:00" and "13"."""
    found = CLOCK.fullmatch(text)
    try:
        if found:
            return datetime.time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise NotUnderstood(_("Write the time, for example 13.00."))


def why_wrong(name: str, typed: str) -> str:
    """What is said beside the field of this name; "" where nothing is wrong with it by itself."""
    is_clock = name in {"start", "end", "next_time.time"}
    if name == "end" and not typed:
        return ""
    if not typed:
        return str(_("Write the time, for example 13.00.") if is_clock else _("Write the day."))
    try:
        (read_clock if is_clock else read_day)(typed)
    except NotUnderstood as refusal:
        return refusal.words
    return ""


def write_day(day: datetime.date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def write_clock(at: datetime.time) -> str:
    return f"{at.hour}.{at.minute:02}"

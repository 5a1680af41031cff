"""Texts of a notice read as values: one reader for XML, one for CSV. What cannot be read is a fault, never an error."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from core.table_days import can_be_stored
from etotu.faults import RowFault, RowFaultCode
from etotu.parsing.forgiven import forgiven
from etotu.parsing.limits import LONGEST_TEXT

Group = dict[str, Any]

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
MOST: Final = 2_147_483_647
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)
_EUROS: Final = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)
_ISO_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_FINNISH_DAY: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", re.ASCII)
_FINNISH_TIME: Final = re.compile(r"([0-9.]{8,10}) ([0-9]{1,2})\.([0-9]{2})", re.ASCII)
_THREE_DIGITS: Final = re.compile(r"[0-9]{3}", re.ASCII)
_FIVE_DIGITS: Final = re.compile(r"[0-9]{5}", re.ASCII)


class ValueReader:
    """Reads the values of one notice and gathers `faults` and `unread` (the texts that failed, by field)."""

    date_form: ClassVar = "date"
    time_form: ClassVar = "time"
    boolean_form: ClassVar = "boolean"
    booleans: ClassVar = {"true": True, "1": True, "false": False, "0": False}

    __slots__ = ("faults", "unread")

    def __init__(self) -> None:
        self.faults: list[RowFault] = []
        self.unread: dict[str, str] = {}

    def parse_date(self, text: str) -> date | None:
        return iso_date(text)

    def parse_time(self, text: str) -> datetime | None:
        return iso_time(text)

    def text(self, group: Group, key: str, limit: int, prefix: str = "") -> str:
        """One line, blanks around it and doubled ones in it taken away."""
        raw: str | None = group.get(key)
        if not raw:
            return ""
        stripped = " ".join(raw.split())
        if len(stripped) > limit:
            group[key] = raw[:LONGEST_TEXT]
            return self._too_long(prefix + key, raw[:LONGEST_TEXT], limit)
        return stripped

    def code(self, group: Group, key: str, limit: int, prefix: str = "") -> str:
        """As `text`, with what carries no meaning taken away."""
        return self.text({key: forgiven(group[key])} if group.get(key) else group, key, limit, prefix)

    def note(self, group: Group, key: str, limit: int) -> str:
        """Several lines, as they are."""
        raw: str | None = group.get(key)
        if not raw:
            return ""
        stripped = raw.strip()
        if len(stripped) > limit:
            return self._too_long(key, raw, limit)
        return stripped

    def required(self, group: Group, key: str, limit: int, prefix: str = "") -> str:
        text = self.text(group, key, limit, prefix)
        if not text and prefix + key not in self.unread:
            self.faults.append(RowFault(prefix + key, RowFaultCode.MISSING))
        return text

    def require(self, group: Group, key: str, prefix: str = "") -> None:
        """A fault where the value is missing; one that cannot be read has its own."""
        raw = group.get(key)
        if not raw or raw.isspace():
            self.faults.append(RowFault(prefix + key, RowFaultCode.MISSING))

    def boolean(self, group: Group, key: str, prefix: str = "") -> bool:
        """False when missing."""
        raw = group.get(key)
        if not raw:
            return False
        value = self.booleans.get(raw.strip())
        if value is None and not raw.isspace():
            self._unreadable(group, key, prefix, self.boolean_form)
        return bool(value)

    def date(self, group: Group, key: str, prefix: str = "") -> date | None:
        raw = group.get(key)
        if not raw or raw.isspace():
            return None
        value = self.parse_date(forgiven(raw).strip())
        if value is None:
            self._unreadable(group, key, prefix, self.date_form)
        return value

    def time(self, group: Group, key: str, prefix: str = "") -> datetime | None:
        """In UTC."""
        raw = group.get(key)
        if not raw or raw.isspace():
            return None
        value = self.parse_time(" ".join(forgiven(raw).split()))
        if value is None:
            self._unreadable(group, key, prefix, self.time_form)
        return value

    def whole(self, group: Group, key: str, low: int, high: int, prefix: str = "") -> int | None:
        raw = group.get(key)
        if not raw or raw.isspace():
            return None
        stripped = raw.strip()
        if not _WHOLE.fullmatch(stripped):
            self._unreadable(group, key, prefix, "whole")
            return None
        value = int(stripped)
        if not low <= value <= high:
            self.unread[prefix + key] = stripped
            self.faults.append(RowFault(prefix + key, RowFaultCode.OUT_OF_RANGE, {"low": low, "high": high}))
            return None
        return value

    def cents(self, group: Group, key: str, prefix: str) -> int | None:
        raw = group.get(key)
        if not raw or raw.isspace():
            return None
        found = _EUROS.fullmatch(raw.strip())
        if found is None:
            self._unreadable(group, key, prefix, "euros")
            return None
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    def digits(self, group: Group, key: str, pattern: re.Pattern[str], form: str, prefix: str) -> str:
        raw: str | None = group.get(key)
        if not raw or raw.isspace():
            return ""
        stripped = raw.strip()
        if not pattern.fullmatch(stripped):
            self._unreadable(group, key, prefix, form)
            return ""
        return stripped

    def three_digits(self, group: Group, key: str, prefix: str = "") -> str:
        return self.digits(group, key, _THREE_DIGITS, "three_digits", prefix)

    def five_digits(self, group: Group, key: str, prefix: str = "") -> str:
        return self.digits(group, key, _FIVE_DIGITS, "five_digits", prefix)

    def _unreadable(self, group: Group, key: str, prefix: str, form: str) -> None:
        raw = group[key] = group[key][:LONGEST_TEXT]
        self.unread[prefix + key] = raw
        self.faults.append(RowFault(prefix + key, RowFaultCode.UNREADABLE, {"form": form}))

    def _too_long(self, field: str, raw: str, limit: int) -> str:
        self.unread[field] = raw
        self.faults.append(RowFault(field, RowFaultCode.TOO_LONG, {"limit": limit}))
        return ""


class CsvValueReader(ValueReader):
    date_form: ClassVar = "date_csv"
    time_form: ClassVar = "time_csv"
    boolean_form: ClassVar = "boolean_csv"
    booleans: ClassVar = {"K": True, "k": True, "E": False, "e": False}

    __slots__ = ()

    def parse_date(self, text: str) -> date | None:
        return finnish_date(text)

    def parse_time(self, text: str) -> datetime | None:
        return finnish_time(text)


def _within_reach(day: date) -> date | None:
    return day if can_be_stored(day) else None


def _moment_within_reach(moment: datetime) -> datetime | None:
    return moment if can_be_stored(moment.date()) else None


@lru_cache(maxsize=4096)
def iso_date(text: str) -> date | None:
    """A zone says nothing of a day, and is passed over."""
    found = _ISO_DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return _within_reach(date.fromisoformat(found[1]))
    except ValueError:
        return None


def iso_time(text: str) -> datetime | None:
    """In UTC; None without an offset, or outside the years that are kept."""
    if len(text) > 40 or not text[:4].isdecimal():
        return None
    try:
        moment = datetime.fromisoformat(text)
        return _moment_within_reach(moment.astimezone(UTC)) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)
def finnish_date(text: str) -> date | None:
    found = _FINNISH_DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return _within_reach(date(int(found[3]), int(found[2]), int(found[1])))
    except ValueError:
        return None


def finnish_time(text: str) -> datetime | None:
    """In UTC, from a clock in Helsinki.

    When the clocks go back, the doubled hour is read as its first (summer time) passing. When they go forward, a
    time in the hour that does not exist is read as if the clock had not been moved: 3.30 is 4.30 in summer time.
    """
    found = _FINNISH_TIME.fullmatch(text)
    day = finnish_date(found[1]) if found else None
    if found is None or day is None:
        return None
    try:
        clock = datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=HELSINKI)
    except ValueError:
        return None
    return _moment_within_reach(clock.astimezone(UTC))

"""What a person sent with the writing page of a note, as an entry. Nothing that was typed is lost."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils import timezone

from core.asked_numbers import number
from desk.notes.typed import NotUnderstood, read_clock, read_day
from records.notes.entry import MOST_AGREED, WENT_OF, Agreed, Entry, NextTime, Question, Source, Went

T = TypeVar("T")
WHOLE: Final = "loppu"
"""The last field of the form: a form that was cut on its way is not taken for one with empty fields."""
TIME, WORKER, NAME = "aika:", "tyontekija:", "nimi:"
NO_TIME, OTHER_TIME = "", "muu"
AWAY: Final = "poista:"


@dataclass
class Reading:
    """One form being read. `unread`: what is no value of its field, by name, as it was typed."""

    data: QueryDict
    unread: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.data.get(name, "").replace("\x00", "").replace("\r\n", "\n")

    def day(self, name: str) -> datetime.date | None:
        return self._read(name, read_day)

    def clock(self, name: str) -> datetime.time | None:
        return self._read(name, read_clock)

    def _read(self, name: str, how: Callable[[str], T]) -> T | None:
        typed = self.text(name).strip()
        if not typed:
            return None
        try:
            return how(typed)
        except NotUnderstood:
            self.unread[name] = typed[:40]
            return None


@dataclass(frozen=True, slots=True)
class Sent:
    entry: Entry
    unread: dict[str, str]
    matter: int | None


def sent_entry(data: QueryDict, before: Entry, *, correcting: bool) -> Sent:
    """Raises BadRequest for a form that did not come whole. A correction changes words, time and place only."""
    if WHOLE not in data:
        raise BadRequest
    reading = Reading(data)
    entry = before if correcting else _of_source(reading, before)
    start, end = _moments(reading, entry)
    entry = replace(
        entry,
        at=start,
        until=end,
        place=reading.text("place").strip()[:200],
        participants=_participants(reading),
        text=reading.text("text"),
        client_words=reading.text("client_words"),
        assessment=reading.text("assessment"),
    )
    if not correcting:
        entry = replace(
            entry,
            goals=_codes(reading, "goals"),
            methods=_codes(reading, "methods"),
            agreed=_agreed(reading),
            next_time=_next_time(reading),
            question=_question(reading),
        )
    return Sent(entry, reading.unread, number(data.get("matter", "")))


def _of_source(reading: Reading, before: Entry) -> Entry:
    """A time that was offered is a meeting; what does not fit the source is the first that does."""
    chosen = reading.text("source")
    appointment = number(chosen.removeprefix(TIME)) if chosen.startswith(TIME) else None
    known = chosen in Source.values
    source = Source.MEETING if appointment else Source(chosen) if known else before.source
    went = reading.text("went")
    fits = went in Went.values and Went(went) in WENT_OF[source]
    return replace(before, source=source, appointment=appointment, went=Went(went) if fits else WENT_OF[source][0])


def _moments(reading: Reading, before: Entry) -> tuple[str, str]:
    day, start, end = reading.day("day"), reading.clock("start"), reading.clock("end")
    for name, found in (("day", day), ("start", start)):
        if found is None:
            reading.unread.setdefault(name, "")
    if day is None or start is None:
        # half of a moment is none: what was there stays until it is whole, and the page shows what was typed
        reading.unread.setdefault("day", reading.text("day")[:40])
        reading.unread.setdefault("start", reading.text("start")[:40])
        reading.unread.setdefault("end", reading.text("end")[:40])
        return before.at, before.until
    return _moment(day, start), _moment(day, end) if end else ""


def _moment(day: datetime.date, at: datetime.time) -> str:
    return timezone.make_aware(datetime.datetime.combine(day, at)).isoformat()


def _participants(reading: Reading) -> tuple[str, ...]:
    others = (one.strip() for one in reading.text("participants.other").split(","))
    names = [*reading.data.getlist("participants"), *others]
    return tuple(dict.fromkeys(name.replace("\x00", "")[:120] for name in names if name))[:20]


def _codes(reading: Reading, name: str) -> tuple[str, ...]:
    more = reading.text(f"{name}.other")
    found = [*reading.data.getlist(name), *([more] if more else [])]
    return tuple(dict.fromkeys(one[:60] for one in found))[:20]


def _agreed(reading: Reading) -> tuple[Agreed, ...]:
    """Rows that say nothing are left out, and what was not understood is counted with the rows that stay."""
    asked = reading.text("tee")
    away = number(asked.removeprefix(AWAY)) if asked.startswith(AWAY) else None
    count = min(number(reading.text("agreed.count")) or 0, MOST_AGREED + 1)
    found: list[Agreed] = []
    for n in range(count):
        if n == away:
            continue
        own = Reading(reading.data)
        day = own.day(f"agreed.{n}.by_when")
        what, who = own.text(f"agreed.{n}.what").strip()[:300], own.text(f"agreed.{n}.worker")
        if what or day or own.unread:
            reading.unread |= {f"agreed.{len(found)}.by_when": typed for typed in own.unread.values()}
            worker = number(who.removeprefix(WORKER)) if who.startswith(WORKER) else None
            name = who.removeprefix(NAME)[:120] if who.startswith(NAME) else ""
            found.append(Agreed(what, worker, name, day.isoformat() if day else ""))
    return tuple(found)


def _next_time(reading: Reading) -> NextTime | None:
    chosen, place = reading.text("next_time"), reading.text("next_time.place").strip()[:200]
    if chosen == OTHER_TIME:
        day, at = reading.day("next_time.day"), reading.clock("next_time.time")
        if day is None or at is None:
            for name in ("next_time.day", "next_time.time"):
                reading.unread[name] = reading.text(name)[:40]
            return None
        return NextTime(_moment(day, at), place)
    try:
        at_moment = datetime.datetime.fromisoformat(chosen) if chosen else None
    except ValueError:
        return None
    return NextTime(at_moment.isoformat(), place) if at_moment and at_moment.tzinfo else None


def _question(reading: Reading) -> Question | None:
    to = number(reading.text("question.to")) or number(reading.text("question.other")) or 0
    text = reading.text("question.text").strip()[:2000]
    return Question(to, text) if to or text else None

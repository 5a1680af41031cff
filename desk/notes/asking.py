"""The writing page of a note as its templates draw it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import clock, moment, short_day
from core.saving import NotPossible
from desk.matter.words import title
from desk.notes.around import Around
from desk.notes.sent import NAME, NO_TIME, OTHER_TIME, TIME, WORKER
from desk.notes.typed import why_wrong, write_clock, write_day
from records.notes.entry import WENT_OF, Agreed, Entry, Source
from records.notes.steps import Situation, steps

PICTURES: Final = {
    Source.MEETING: "meet",
    Source.CALL: "phone",
    Source.MESSAGE: "sms",
    Source.VISIT: "home",
    Source.NETWORK: "people",
    Source.GUIDANCE: "info",
    Source.ALONE: "doc",
}
LONG_SOURCES: Final = frozenset({Source.MEETING, Source.VISIT, Source.NETWORK})
"""Of these all parts of the page stand open; of a short call the rest is one line each."""
FEW: Final = 5
GOAL_WORDS: Final = 60
FIELDS: Final = (
    "went", "at", "day", "start", "end", "text", "reason", "next_time.day", "next_time.time", "question.to",
    "question.text",
)  # fmt: skip
"""Those beside which something may be wrong; the rows of what was agreed tell of themselves."""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    chosen: bool = False
    picture: str = ""
    long: bool = False
    """Of a source, whether the parts of the page open with it."""


@dataclass(frozen=True, slots=True)
class WentOf:
    """How it may have gone, for one source: only the one that is chosen is sent."""

    source: str
    choices: list[Choice]
    shown: bool


@dataclass(frozen=True, slots=True)
class Row:
    n: str
    what: str
    by_when: str
    workers: list[Choice]
    wrong: str
    wrong_what: str


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from the note, or the words why it cannot be finished so, and beside which field."""

    lines: list[dict[str, str]]
    problem: str = ""
    field: str = ""


def follows(entry: Entry, here: Situation) -> Follows:
    try:
        return Follows([{"words": step.words, "picture": step.picture} for step in steps(entry, here)])
    except NotPossible as refusal:
        return Follows([], str(refusal), refusal.field or "")


def wrong_of(unread: Mapping[str, str]) -> dict[str, str]:
    """The words beside each field whose value was not understood."""
    return {name: words for name, typed in unread.items() if (words := why_wrong(name.rpartition(".")[2] if
            name.startswith("agreed") else name, typed))}  # fmt: skip


def id_of(name: str) -> str:
    return f"n-{name.replace('.', '-')}"


def time_of(entry: Entry, unread: Mapping[str, str]) -> dict[str, str]:
    """Day, beginning and end as they stand in their fields, and the line of them all."""
    at = timezone.localtime(entry.moment) if entry.moment else None
    until = timezone.localtime(datetime.datetime.fromisoformat(entry.until)) if entry.until else None
    known = {
        "day": write_day(at.date()) if at else "",
        "start": write_clock(at.time()) if at else "",
        "end": write_clock(until.time()) if until else "",
    }
    return {name: unread.get(name, value) for name, value in known.items()} | {
        "place": entry.place,
        "meta": _meta(at, until, entry.place),
    }


def _meta(at: datetime.datetime | None, until: datetime.datetime | None, place: str) -> str:
    """Such as "Ti 13.11. klo 13.00–13.50, huone 3"."""
    if at is None:
        return _("No time")
    to = f"–{write_clock(until.time())}" if until else ""
    words = f"{short_day(at.date())} {clock(at)}{to}" + (f", {place}" if place else "")
    return words[:1].upper() + words[1:]


@dataclass
class Page:
    """What is written, and what is around it."""

    entry: Entry
    unread: Mapping[str, str]
    around: Around
    correcting: bool
    wrong: dict[str, str]
    matter: int | None = None
    more_rows: bool = True

    def context(self) -> dict[str, Any]:
        entry = self.entry
        found: dict[str, Any] = {
            "entry": entry,
            **time_of(entry, self.unread),
            "meta_open": bool({"day", "start", "end", "at", "place"} & self.wrong.keys()),
            "people": self._people(),
            "matters": self._matters(),
            "goals": self._goals(),
            "methods": self._methods(),
            "other_methods": self._other_methods(),
            "wrong": {id_of(name).replace("-", "_"): self.wrong.get(name, "") for name in FIELDS},
        }
        return found if self.correcting else found | self._of_first()

    def _of_first(self) -> dict[str, Any]:
        """What follows from a note is asked once; a correction changes words only."""
        long = self.entry.source in LONG_SOURCES
        about = bool(self.entry.goals or self.entry.methods)
        agreed = bool(self.entry.agreed or self.entry.next_time or self.unread.keys() & {"next_time.day"})
        named = {name.partition(".")[0] for name in self.wrong}
        return {
            "sources": self._sources(),
            "wents": self._wents(),
            "rows": self._rows(),
            "blank": self._row("__n__", Agreed("")),
            "next_times": self._next_times(),
            "next_day": self.unread.get("next_time.day", ""),
            "next_clock": self.unread.get("next_time.time", ""),
            "colleagues": self._colleagues()[:FEW],
            "other_colleagues": self._colleagues()[FEW:],
            "open_about": long or about,
            "open_agreed": long or agreed or bool(named & {"agreed", "next_time"}),
            "open_question": bool(self.entry.question) or "question" in named,
        }

    def _sources(self) -> list[Choice]:
        chosen = self.entry.appointment
        times = [
            Choice(f"{TIME}{one.pk}", _("Meeting %(when)s") % {"when": moment(one.at)}, one.pk == chosen, "meet", True)
            for one in self.around.times
        ]
        known = self.around.time(chosen) is not None
        return times + [
            Choice(str(one), str(one.label), not known and one == self.entry.source, PICTURES[one], one in LONG_SOURCES)
            for one in Source
        ]

    def _wents(self) -> list[WentOf]:
        """Only in the set of the present source one is chosen: all of them are one group of the form."""
        entry = self.entry
        return [
            WentOf(
                str(source),
                [
                    Choice(str(went), str(went.label).capitalize(), source == entry.source and went == entry.went)
                    for went in those
                ],
                source == entry.source,
            )
            for source, those in WENT_OF.items()
        ]

    def _people(self) -> list[Choice]:
        client, me = self.around.client.full_name, self.around.request.user.name
        known = [client, me, *(name for name in self.entry.participants if name not in {client, me})]
        words = {me: _("%(name)s, me") % {"name": me}}
        found = [Choice(name, words.get(name, name), name in self.entry.participants) for name in known]
        interpreter = _("Interpreter")
        return found if interpreter in known else [*found, Choice(interpreter, interpreter)]

    def _matters(self) -> list[Choice]:
        if self.correcting:
            return []
        found = [Choice(str(one.pk), title(one), one.pk == self.matter) for one in self.around.matters]
        known = any(one.chosen for one in found)
        return [*found, Choice("", _("About none of them"), not known)] if found else []

    def _goals(self) -> list[Choice]:
        return [
            Choice(goal.code.code, goal.own_words[:GOAL_WORDS] or goal.code.label, goal.code.code in self.entry.goals)
            for goal in self.around.goals
        ]

    def _methods(self) -> list[Choice]:
        """Those of the plan, and those that were chosen beside them."""
        planned = [one.code for one in self.around.planned_methods]
        chosen = [one for one in self.around.methods if one.code in self.entry.methods and one.code not in planned]
        return [
            Choice(one.code, one.label, one.code in self.entry.methods)
            for one in [*self.around.planned_methods, *chosen]
        ]

    def _other_methods(self) -> list[Choice]:
        shown = {one.value for one in self._methods()}
        return [Choice(one.code, one.label) for one in self.around.methods if one.code not in shown]

    def _rows(self) -> list[Row]:
        agreed = [*self.entry.agreed, *([Agreed("")] if self.more_rows else [])]
        return [self._row(str(n), one) for n, one in enumerate(agreed)]

    def _row(self, n: str, one: Agreed) -> Row:
        name = f"agreed.{n}.by_when"
        day = write_day(datetime.date.fromisoformat(one.by_when)) if one.by_when else ""
        return Row(
            n,
            one.what,
            self.unread.get(name, day),
            self._whose(one),
            self.wrong.get(name, "") or self.wrong.get(f"agreed.{n}.worker", ""),
            self.wrong.get(f"agreed.{n}.what", ""),
        )

    def _whose(self, one: Agreed) -> list[Choice]:
        client, me = self.around.client, self.around.request.user
        found = [Choice("", client.full_name, not one.worker and not one.who)]
        found += [
            Choice(f"{WORKER}{pk}", _("%(name)s, me") % {"name": name} if pk == me.pk else name, pk == one.worker)
            for pk, name in self.around.names.items()
        ]
        others = [
            name for name in self.entry.participants if name not in {client.full_name, *self.around.names.values()}
        ]
        others += [one.who] if one.who and one.who not in others else []
        return found + [Choice(f"{NAME}{name}", name, name == one.who) for name in others]

    def _next_times(self) -> list[Choice]:
        chosen = self.entry.next_time
        at = datetime.datetime.fromisoformat(chosen.at) if chosen else None
        offered = self.around.free_times(self.entry.moment or timezone.now())
        if at is not None and at not in offered:
            offered = [*offered, timezone.localtime(at)]
        found = [Choice(one.isoformat(), f"{short_day(one.date())} {clock(one)}", one == at) for one in offered]
        other = "next_time.day" in self.unread
        return [
            *found,
            Choice(OTHER_TIME, _("Another time…"), other),
            Choice(NO_TIME, _("Not agreed"), at is None and not other),
        ]

    def _colleagues(self) -> list[Choice]:
        asked = self.entry.question.to if self.entry.question else 0
        me = self.around.request.user.pk
        found = [Choice(str(pk), name, pk == asked) for pk, name in self.around.names.items() if pk != me]
        return sorted(found, key=lambda one: not one.chosen)

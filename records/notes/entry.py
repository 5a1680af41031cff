"""One entry: what a worker writes after a call, a meeting, or work without the client.

It is kept with the open version as JSON, so that a draft loses nothing; what the national structure has of it is its
content (`content.py`), and what follows from it is done when the note is finished (`steps.py`).
"""

import datetime
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.contact import Channel, ContactOutcome

MOST_AGREED: Final = 20
LONGEST: Final = 20_000


class Source(models.TextChoices):
    """What the note tells of."""

    MEETING = "meeting", pgettext_lazy("note", "Meeting")
    CALL = "call", pgettext_lazy("note", "Call")
    MESSAGE = "message", pgettext_lazy("note", "Message")
    VISIT = "visit", pgettext_lazy("note", "Home visit")
    NETWORK = "network", pgettext_lazy("note", "Network meeting")
    GUIDANCE = "guidance", pgettext_lazy("note", "Advice and guidance")
    ALONE = "alone", pgettext_lazy("note", "Work without the client")


class Went(models.TextChoices):
    """How it went. Not coming is never a cancellation."""

    HELD = "held", pgettext_lazy("note", "Took place")
    TALKED = "talked", pgettext_lazy("note", "We talked")
    NO_ANSWER = "no_answer", _("no answer")
    LEFT_MESSAGE = "left_message", _("left a message")
    SENT = "sent", _("sent")
    DID_NOT_COME = "did_not_come", _("the client did not come")
    CANCELLED_BY_CLIENT = "cancelled_by_client", pgettext_lazy("note", "Cancelled by the client")
    CANCELLED_BY_OFFICE = "cancelled_by_office", pgettext_lazy("note", "Cancelled by the office")


MEETINGS = (Went.HELD, Went.DID_NOT_COME, Went.CANCELLED_BY_CLIENT, Went.CANCELLED_BY_OFFICE)
WENT_OF: dict[Source, tuple[Went, ...]] = {
    Source.MEETING: MEETINGS,
    Source.CALL: (Went.TALKED, Went.NO_ANSWER, Went.LEFT_MESSAGE),
    Source.MESSAGE: (Went.SENT, Went.TALKED),
    Source.VISIT: (Went.HELD, Went.NO_ANSWER, Went.LEFT_MESSAGE),
    Source.NETWORK: (Went.HELD,),
    Source.GUIDANCE: (Went.HELD,),
    Source.ALONE: (Went.HELD,),
}
CANCELLED: Final = frozenset({Went.CANCELLED_BY_CLIENT, Went.CANCELLED_BY_OFFICE})
REACHED: Final = frozenset({Went.HELD, Went.TALKED})

CHANNELS: dict[Source, Channel] = {
    Source.MEETING: Channel.MEETING,
    Source.CALL: Channel.CALL,
    Source.MESSAGE: Channel.MESSAGE,
    Source.VISIT: Channel.VISIT,
}
"""Of those that are a contact with the client."""

OUTCOMES: dict[Went, ContactOutcome] = {
    Went.HELD: ContactOutcome.REACHED,
    Went.TALKED: ContactOutcome.REACHED,
    Went.NO_ANSWER: ContactOutcome.NO_ANSWER,
    Went.LEFT_MESSAGE: ContactOutcome.LEFT_MESSAGE,
    Went.SENT: ContactOutcome.SENT,
    Went.DID_NOT_COME: ContactOutcome.DID_NOT_COME,
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed. `worker` is the key of a user; without one and without a name it is the client's."""

    what: str
    worker: int | None = None
    who: str = ""
    by_when: str = ""  # a day as ISO text


@dataclass(frozen=True, slots=True)
class NextTime:
    """A time that is booked when the note is finished."""

    at: str  # a moment as ISO text
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    to: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`at` and `until` are moments as ISO text, `goals` and `methods` the codes of AVAIN's lists."""

    source: Source = Source.CALL
    went: Went = Went.TALKED
    at: str = ""
    until: str = ""
    place: str = ""
    participants: tuple[str, ...] = ()
    text: str = ""
    client_words: str = ""
    assessment: str = ""
    appointment: int | None = None
    goals: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    agreed: tuple[Agreed, ...] = field(default=())
    next_time: NextTime | None = None
    question: Question | None = None

    @property
    def moment(self) -> datetime.datetime | None:
        return datetime.datetime.fromisoformat(self.at) if self.at else None


def as_json(entry: Entry) -> dict[str, Any]:
    """Without what is empty."""
    found: dict[str, Any] = {"source": str(entry.source), "went": str(entry.went)}
    for name in ("at", "until", "place", "text", "client_words", "assessment", "appointment"):
        if value := getattr(entry, name):
            found[name] = value
    for name in ("participants", "goals", "methods"):
        if values := getattr(entry, name):
            found[name] = list(values)
    if entry.agreed:
        found["agreed"] = [{key: getattr(one, key) for key in Agreed.__slots__} for one in entry.agreed]
    if entry.next_time:
        found["next_time"] = {"at": entry.next_time.at, "place": entry.next_time.place}
    if entry.question:
        found["question"] = {"to": entry.question.to, "text": entry.question.text}
    return found


def from_json(data: dict[str, Any]) -> Entry:
    """What `as_json` gave."""
    known = {key: value for key, value in data.items() if key in Entry.__slots__}
    for name in ("participants", "goals", "methods"):
        known[name] = tuple(known.get(name, ()))
    known["source"], known["went"] = Source(known["source"]), Went(known["went"])
    known["agreed"] = tuple(Agreed(**one) for one in known.get("agreed", ()))
    known["next_time"] = NextTime(**known["next_time"]) if known.get("next_time") else None
    known["question"] = Question(**known["question"]) if known.get("question") else None
    return Entry(**known)

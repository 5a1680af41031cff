"""Before a meeting: what happened last, what was agreed, what is due, what the client wants, at a glance."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from avain.models import Goal
from core.dates import due_state, due_words, moment, short_day
from desk.client.file import ClientFile
from records.notes.entry import Entry, from_json

GLANCE: Final = 110
"""Characters of a text that one sees at a glance."""
GOALS: Final = 2


@dataclass(frozen=True, slots=True)
class AgreedLine:
    what: str
    who: str
    due: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Brief:
    """`happened` is empty when nothing has been written; then the page tells when the client was last reached."""

    happened: str
    when: str
    url: str
    agreed: list[AgreedLine]
    wants: list[str]
    reviewed: str


def brief(file: ClientFile, goals: Sequence[Goal]) -> Brief:
    note = file.last_note
    entry = from_json(note["aside"]) if note else None
    main = [goal.own_words or goal.code.label for goal in goals][:GOALS]
    return Brief(
        happened=at_a_glance(entry) if entry else "",
        when=_when(note, entry) if note and entry else "",
        url=_note_url(file, note["document"]) if note else "",
        agreed=[_agreed(file, one) for one in file.agreed_items],
        wants=[shortened(words) for words in main],
        reviewed=short_day(goals[0].measurement.day) if goals else "",
    )


def at_a_glance(entry: Entry) -> str:
    return shortened(entry.text or entry.client_words or entry.assessment)


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= GLANCE else f"{text[:GLANCE].rsplit(' ', 1)[0]}…"


def _when(note: dict[str, Any], entry: Entry) -> str:
    at = moment(datetime.datetime.fromisoformat(note["at"])) if note["at"] else ""
    return ", ".join(part for part in (at, str(entry.source.label).lower(), note["author"]) if part)


def _agreed(file: ClientFile, one: dict[str, Any]) -> AgreedLine:
    day = datetime.date.fromisoformat(one["by_when"]) if one["by_when"] else None
    kwargs = {"code": file.request.municipality.code, "pk": file.client.pk, "item": one["pk"]}
    return AgreedLine(
        what=shortened(one["what"]),
        who=one["worker"] or one["who"] or _("the client"),
        due=due_words(day) if day else "",
        state=due_state(day) if day else "",
        url=reverse("client_agreed", kwargs=kwargs),
    )


def _note_url(file: ClientFile, document: int) -> str:
    return reverse(
        "client_note", kwargs={"code": file.request.municipality.code, "pk": file.client.pk, "document": document}
    )

"""What is known before anybody writes: from the matter, the client, an earlier document of the same structure."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Client, Matter
from core.dates import short_day
from desk.documents.aside import BEFORE, set_value, value_at
from records.content.values import Content, is_empty
from records.documents.verbs import Text
from records.models import Version
from records.structures.registry import in_force
from records.structures.shown import shown

OLD: Final = datetime.timedelta(days=730)
"""A fact older than this is confirmed or corrected before it goes into a finished document."""
URGENT, NOT_URGENT = "2", "3"
DESCRIPTION: Final = 5000


@dataclass(frozen=True, slots=True)
class Before:
    """A fact from before, as its field tells it."""

    words: str
    old: bool
    confirmed: bool


def fact_words(fact: Mapping[str, Any]) -> Before:
    day = datetime.date.fromisoformat(fact["day"])
    words = _SOURCES()[fact["source"]] % {"day": short_day(day)}
    return Before(words, timezone.localdate() - day > OLD, bool(fact.get("confirmed")))


def _SOURCES() -> dict[str, str]:  # noqa: N802
    return {
        "matter": _("From the matter (%(day)s)"),
        "client": _("From the client's details (%(day)s)"),
        "today": _("The day when the document was begun (%(day)s)"),
        "earlier": _("From an earlier document (%(day)s)"),
    }


def first_text(number: str, client: Client, matter: Matter | None, earlier: Version | None) -> Text:
    """The text of a new document of a structure, and which of it is from before."""
    written_in = in_force(number, timezone.localdate())
    how = shown(written_in.oid)
    content: Content = {}
    for path, code in how.begin.items():
        set_value(content, ".".join(path), code)
    facts: dict[str, Any] = {}
    for path, source in how.known.items():
        name = ".".join(path)
        value, day = _known(source, name, client, matter, earlier)
        if not is_empty(value) and path in written_in.by_path:
            set_value(content, name, value)
            facts[name] = {"value": value, "source": source.split(".")[0], "day": day.isoformat(), "confirmed": False}
    return Text(content, {BEFORE: facts} if facts else {})


def _known(
    source: str, name: str, client: Client, matter: Matter | None, earlier: Version | None
) -> tuple[Any, datetime.date]:
    today = timezone.localdate()
    kind, _dot, what = source.partition(".")
    if kind == "today":
        return today.isoformat(), today
    if kind == "client":
        return getattr(client, what), today
    if kind == "earlier":
        return (value_at(earlier.content, name), timezone.localdate(earlier.finished_at)) if earlier else (None, today)
    return (_of_matter(matter, what), matter.arrived) if matter else (None, today)


def _of_matter(matter: Matter, what: str) -> str:
    match what:
        case "arrived":
            return matter.arrived.isoformat()
        case "urgency":
            return URGENT if matter.urgent else NOT_URGENT
    return (matter.description or matter.summary)[:DESCRIPTION].strip()

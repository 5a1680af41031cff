"""A note in words: what it tells of, its parts, and what another page wrote meanwhile."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import clock, short_day
from records.content.changes import Piece, pieces
from records.content.values import is_empty
from records.models.document import VersionText
from records.notes.content import agreed_in_words
from records.notes.entry import REACHED, Entry, from_json


@dataclass(frozen=True, slots=True)
class Part:
    """One of the texts of a note. `name` is that of its field, `voice` whose it is; `changes` of a later version."""

    name: str
    label: str
    text: str
    voice: str = ""
    changes: list[Piece] | None = None


def kind_words(entry: Entry) -> str:
    """Such as "call", "meeting, the client did not come"."""
    source = str(entry.source.label).lower()
    if entry.went in REACHED:
        return source
    return f"{source}, {str(entry.went.label).lower()}"


def parts_of(version: VersionText, earlier: VersionText | None = None) -> list[Part]:
    """Those that have a text; with an earlier version also those that it had, and what changed in each."""
    now = _texts(from_json(version.aside))
    if earlier is None:
        return [Part(name, label, text, voice) for name, label, voice, text in now if text]
    before = {name: text for name, _label, _voice, text in _texts(from_json(earlier.aside))}
    return [
        Part(name, label, text, voice, pieces(before[name], text) if before[name] != text else None)
        for name, label, voice, text in now
        if text or before[name]
    ]


def _texts(entry: Entry) -> list[tuple[str, str, str, str]]:
    return [
        ("text", _("What happened"), "", entry.text.strip()),
        ("client_words", _("In the client's own words"), "client", entry.client_words.strip()),
        ("assessment", _("The professional's assessment"), "pro", entry.assessment.strip()),
        ("time", _("Time and place"), "", _when(entry)),
    ]


def _when(entry: Entry) -> str:
    at = timezone.localtime(entry.moment) if entry.moment else None
    when = f"{short_day(at.date())} {clock(at)}" if at else ""
    return ", ".join(part for part in (when, entry.place.strip(), *entry.participants) if part)


def whole_text(version: VersionText, names: dict[int, str]) -> str:
    """What is copied: all of the note, its parts under their names."""
    entry = from_json(version.aside)
    language = get_language() or "fi"
    found = [f"{kind_words(entry).capitalize()}, {_when(entry)}", entry.text.strip()]
    found += [f"{label}:\n{text}" for _name, label, voice, text in _texts(entry) if voice and text]
    if entry.agreed:
        rows = "\n".join(f"– {agreed_in_words(one, names, language)}" for one in entry.agreed)
        found.append(f"{_('Agreed')}:\n{rows}")
    return "\n\n".join(part for part in found if part)


def is_blank(version: VersionText) -> bool:
    entry = from_json(version.aside)
    return all(is_empty(text) for text in (entry.text, entry.client_words, entry.assessment))


def differences(kept: VersionText, sent: Entry) -> list[tuple[str, str, str]]:
    """Where what is saved now differs from what was sent: part, saved, sent."""
    now = from_json(kept.aside)
    found: list[tuple[str, Any, Any]] = [
        (label, was, mine)
        for (_name, label, _voice, was), (*_rest, mine) in zip(_texts(now), _texts(sent), strict=True)
    ]
    found.append((_("Agreed"), "\n".join(one.what for one in now.agreed), "\n".join(one.what for one in sent.agreed)))
    mine, theirs = (one.question.text if one.question else "" for one in (sent, now))
    found.append((_("Question to a colleague"), theirs, mine))
    return [(label, was, mine) for label, was, mine in found if was != mine]

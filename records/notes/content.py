"""An entry in the words of the national structures: which of them it is, and what it fills in."""

import datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from records.content.values import Content, is_empty
from records.notes.entry import CANCELLED, Agreed, Entry, Source, Went
from records.structures.node import Structure

ADULT_SERVICES: Final = "16"
HOME_VISIT: Final = "3"  # of list 1250; the other ways of contact were not seen in a national source
CANCELLED_BECAUSE: Final = {Went.CANCELLED_BY_CLIENT: "Y30", Went.CANCELLED_BY_OFFICE: "Y32"}

NOTES: Final = frozenset({"19003", "19004", "19005", "19006", "19013"})
"""The structures that one entry becomes."""


def number_of(entry: Entry) -> str:
    """A time that was cancelled is told as one; not coming is told as what it was."""
    if entry.went in CANCELLED:
        return "19006"
    match entry.source:
        case Source.NETWORK:
            return "19004"
        case Source.GUIDANCE:
            return "19003"
        case Source.ALONE:
            return "19013"
    return "19013" if entry.went == Went.DID_NOT_COME else "19005"


def content_of(entry: Entry, structure: Structure, language: str, names: dict[int, str]) -> Content:
    """`names` are those of the workers to whom something was left."""
    event: dict[str, Any] = {
        "kuvaus": _words(entry, language),
        "lisatiedot_peruuntumisesta": _words(entry, language),
        "peruuntumisen_syy": CANCELLED_BECAUSE.get(entry.went, ""),
        "paivamaara_ja_kellonaika": entry.at,
        "ajanjakso": {"alkamishetki": entry.at, "paattymishetki": entry.until},
        "asiointitapa": [HOME_VISIT] if entry.source == Source.VISIT else [],
        "paikka": entry.place,
        "osallistujat": ", ".join(entry.participants),
    }
    agreed = "\n".join(agreed_in_words(one, names, language) for one in entry.agreed)
    found: Content = {
        "asiakaskertomusmerkinta": {
            "palvelutehtava": ADULT_SERVICES,
            "tapahtuma": {key: value for key, value in event.items() if _has(structure, "tapahtuma", key)},
        },
        "sovitut_asiat": agreed,
        "neuvottelussa_sovitut_asiat_ja_vastuunjako": agreed,
    }
    return {key: value for key, value in found.items() if (key,) in structure.by_path and not is_empty(value)}


def agreed_in_words(one: Agreed, names: dict[int, str], language: str) -> str:
    """Such as "Soittaa ulosottoon: Aino Demolainen, viimeistään 16.11.2018"."""
    with override(language):
        who = names.get(one.worker or 0, "") or one.who or _("the client")
        if not one.by_when:
            return _("%(what)s: %(who)s") % {"what": one.what, "who": who}
        day = date_format(datetime.date.fromisoformat(one.by_when), "SHORT_DATE_FORMAT")
        return _("%(what)s: %(who)s, by %(day)s") % {"what": one.what, "who": who, "day": day}


def _words(entry: Entry, language: str) -> str:
    """What happened, and under their names the client's own words and the worker's assessment."""
    said, assessed = entry.client_words.strip(), entry.assessment.strip()
    with override(language):
        parts = [
            _("The client did not come.") if entry.went == Went.DID_NOT_COME else "",
            entry.text.strip(),
            _("The client said: %(words)s") % {"words": said} if said else "",
            _("The worker's assessment: %(words)s") % {"words": assessed} if assessed else "",
        ]
    return "\n\n".join(part for part in parts if part)


def _has(structure: Structure, group: str, key: str) -> bool:
    return ("asiakaskertomusmerkinta", group, key) in structure.by_path

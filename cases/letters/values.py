"""What stands in the fields of a letter: the client's language, the worker, the days, where to turn."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.deadlines.attempts import attempts_of
from cases.letters.words import EN, FI, SV
from cases.models import Appointment, Client, Contact, InformationRequest, Matter
from municipalities.models import LocalSettings, Municipality

LETTER_LANGUAGES: Final = frozenset({FI, SV, EN})


def letter_language(client: Client, municipality: Municipality) -> str:
    """The client's own if letters are written in it, else that of the municipality's majority."""
    asked = client.language.lower()[:2]
    return asked if asked in LETTER_LANGUAGES else municipality.languages[:2]


def common_fields(
    client: Client, municipality: Municipality, settings: LocalSettings, *, language: str, worker: str, phone: str
) -> dict[str, str]:
    with override(language):
        place = municipality.name
    return {
        "name": client.name,
        "worker": worker,
        "phone": phone.strip(),
        "municipality": place,
        "where_to_turn": settings.letter_contact.replace("\r\n", "\n").strip() or nowhere_else(municipality, language),
    }


def nowhere_else(municipality: Municipality, language: str) -> str:
    """Where to turn while the municipality has not written it in its settings."""
    with override(language):
        return _("Social services, %(municipality)s") % {"municipality": municipality.name}


def not_reached_fields(contacts: Iterable[Contact], language: str) -> dict[str, str]:
    days = sorted({timezone.localdate(one.at) for one in attempts_of(contacts)})
    return {"tries": listed([day_in(day, language) for day in days], language)}


def request_fields(matter: Matter, request: InformationRequest, language: str) -> dict[str, str]:
    return {
        "arrived": day_in(matter.arrived, language),
        "items": "\n".join(f"– {item}" for item in map(item_words, request.items) if item),
        "limit": day_in(request.limit, language),
        "note": request.note.strip(),
    }


def appointment_fields(appointment: Appointment, language: str) -> dict[str, str]:
    """The day in full, with its weekday and year: "tiistai 1.12.2026 klo 13.00"."""
    local = timezone.localtime(appointment.at)
    with override(language):
        day = f"{date_format(local, 'l')} {date_format(local, 'SHORT_DATE_FORMAT')}"
        words = _("%(day)s at %(time)s") % {"day": day, "time": date_format(local, "TIME_FORMAT")}
    return {"time": words, "place": appointment.place, "note": ""}


def example_fields(municipality: Municipality, settings: LocalSettings, language: str) -> dict[str, str]:
    """Of a made-up recipient, for the preview of a template."""
    client = Client(given_names="Maija Mallikas", family_name="Esimerkki")
    today = timezone.localdate()
    with override(language):
        items = _("bank statement of last month"), _("tenancy agreement")
        place = _("Esimerkkikatu 1, room 2")
    days = [day_in(today - datetime.timedelta(days=n), language) for n in (12, 9, 5)]
    meeting = Appointment(at=timezone.now() + datetime.timedelta(days=7), place=place)
    return {
        **common_fields(
            client, municipality, settings, language=language, worker="Eila Esimerkki", phone="040 000 00 00"
        ),
        "tries": listed(days, language),
        "arrived": days[0],
        "items": "\n".join(f"– {item}" for item in items),
        "limit": day_in(today + datetime.timedelta(days=14), language),
        **appointment_fields(meeting, language),
    }


def day_in(day: datetime.date, language: str) -> str:
    with override(language):
        return date_format(day, "SHORT_DATE_FORMAT")


def listed(parts: list[str], language: str) -> str:
    """ "5.11.2018, 7.11.2018 ja 9.11.2018"."""
    if len(parts) < 2:
        return "".join(parts)
    with override(language):
        return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def item_words(item: Any) -> str:
    return str(item.get("text", "")).strip() if isinstance(item, Mapping) else str(item).strip()

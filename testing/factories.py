"""Makers of invented people and matters for tests. Each needs a scope that holds the municipality."""

import datetime
from itertools import count
from typing import Any

from cases.deadlines.rules import deadlines_for, over_75
from cases.matters.life import deadline_rows
from cases.models import Client, Deadline, Matter, MatterKind, NameToken
from cases.models.client import identity_context
from cases.models.matter import MatterSource
from core.encryption import blind_index, encrypt_text
from core.identity_code import check_character, parse
from core.names import sort_key, sounds, tokens
from municipalities.models import LocalSettings, Municipality
from testing import clock

FAMILY_NAMES = [
    "Demolainen",
    "Testaaja",
    "Mallikas",
    "Näytekoski",
    "Kokeilija",
    "Esimerkkilä",
    "Harjoitus",
    "Öhman-Demo",
]
GIVEN_NAMES = ["Tauno Olavi", "Seija Hilja", "Urho Kaleva", "Lempi Maria", "Åke Eino", "Saima Ester", "Veikko Armas"]
_number = count()


def begin_again() -> None:
    """The first client of a test has the same name and number whatever ran before."""
    global _number
    _number = count()


def identity_code(birth_date: datetime.date = datetime.date(1980, 6, 15), serial: int | None = None) -> str:
    """An artificial henkilötunnus: its individual number is between 900 and 999."""
    serial = next(_number) if serial is None else serial
    birth_date += datetime.timedelta(days=serial // 100)
    number = f"{900 + serial % 100}"
    separator = "A" if birth_date.year >= 2000 else "-"
    return f"{birth_date:%d%m%y}{separator}{number}{check_character(f'{birth_date:%d%m%y}', number)}"


def make_client(municipality: Municipality, code: str | None = None, **fields: Any) -> Client:
    """A client with a henkilötunnus, a name and its search tokens. `code=""`: without one, with a birth date."""
    n = next(_number)
    family = fields.pop("family_name", FAMILY_NAMES[n % len(FAMILY_NAMES)])
    given = fields.pop("given_names", GIVEN_NAMES[n % len(GIVEN_NAMES)])
    if code is None:
        code = identity_code()
    if code:
        parsed = parse(code)
        fields.setdefault("birth_date", parsed.birth_date)
        index = blind_index(parsed.text, municipality.pk)
        fields |= {
            "identity_code_cipher": encrypt_text(parsed.text, identity_context(municipality.pk, index)),
            "identity_code_index": index,
            "identity_code_mask": parsed.mask(),
        }
    else:
        fields.setdefault("birth_date", datetime.date(1980, 6, 15))
    client = Client.objects.create(
        municipality=municipality,
        family_name=family,
        given_names=given,
        sort_key=sort_key(family, given),
        **{"language": "fi"} | fields,
    )
    pieces = [(text, False) for text in tokens(family, given)] + [(text, True) for text in sounds(family, given)]
    NameToken.objects.bulk_create(
        NameToken(municipality=municipality, client=client, token=text, phonetic=sound) for text, sound in pieces
    )
    return client


def make_matter(
    client: Client,
    kind: str = MatterKind.APPLICATION,
    arrived: datetime.date | None = None,
    wants_discussion: bool = False,
    **fields: Any,
) -> Matter:
    """A matter with the deadlines that its kind brings; it arrived today unless told otherwise."""
    arrived = arrived or clock.today()
    found = deadlines_for(
        kind,
        arrived,
        urgent=fields.get("urgent", False),
        over_75=over_75(client.birth_date, arrived),
        wants_discussion=wants_discussion,
        reading=LocalSettings.objects.of(client.municipality_id).reading,
    )
    due = None if fields.get("closed_at") else min(d.due for d in found)
    matter = Matter.objects.create(
        municipality=client.municipality,
        client=client,
        kind=kind,
        arrived=arrived,
        **{"source": MatterSource.KELA, "due": due} | fields,
    )
    Deadline.objects.bulk_create(deadline_rows(matter, found))
    matter.refresh_from_db()
    return matter

"""Checking faulty rows again: with the checks of loading, over what was corrected, against what is stored now."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from django.db import connection

from core.encryption import DecryptionError, blind_index
from core.identity_code import parse
from core.row_security import across_municipalities
from etotu.checks import check
from etotu.codes.stored import municipality_codes, stored_code_lists
from etotu.faults import RowFault, RowFaultCode
from etotu.models import QuarantineRow
from etotu.repair.corrected_rows import CorrectedRow, as_received, corrected_row
from etotu.repair.version import TypedVersion, typed_version, version_faults

IDENTITY: Final = "henkilo.henkilotunnus"
PLACE: Final = "kunta"
NUMBER: Final = "tunnus"
# Whose the notice in force is: of another person or municipality its later versions are not taken.
OWNERS = """
    SELECT n.sender, n.number, n.version, COALESCE(n.sent_to, n.municipality_id), n.municipality_id,
        c.identity_code_index
    FROM unnest(%s::text[], %s::text[]) AS asked (sender, number)
        JOIN etotu_notice n ON n.sender = asked.sender AND n.number = asked.number AND n.past_hop IS NULL
        JOIN cases_matter m ON m.id = n.matter_id JOIN cases_client c ON c.id = m.client_id
"""


class Owner(NamedTuple):
    """Of a notice that was transferred, `addressed` is the municipality of its rows, `place` where it is now."""

    version: int
    addressed: int
    place: int
    identity_index: bytes


class CheckedAgain(NamedTuple):
    """`faults` as JSON, all of them as they are now; `municipality` is the code that the row names."""

    row: QuarantineRow
    faults: list[dict[str, Any]]
    municipality: str


class Looked(NamedTuple):
    """What is kept of a row while the others are looked at: not its attachments."""

    row: QuarantineRow
    faults: list[RowFault]
    municipality: str
    number: str
    asked: "Asked | None"
    version: TypedVersion | None


def check_again(rows: Iterable[QuarantineRow]) -> Iterator[CheckedAgain]:
    """A row that cannot be decrypted is passed over."""
    lists, codes = stored_code_lists(), municipality_codes()
    looked = []
    for row in rows:
        try:
            it = corrected_row(row)
        except DecryptionError:
            continue
        found = check(it.notice, received_at=row.batch.received_at, code_lists=lists, known_municipalities=codes)
        faults = as_received(list(found.faults), it.corrections, len(it.original.attachments))
        asked = None if faults else whose(it)
        place = it.notice.content.municipality
        looked.append(Looked(row, faults, place, it.notice.tunnus, asked, typed_version(it)))
    owners = owners_of([(one.row.sender, one.number) for one in looked if one.asked or one.version])
    for one in looked:
        owner = owners.get((one.row.sender, one.number))
        # of a notice that others have, its version is theirs to know
        stored = owner.version if owner and f"{owner.addressed:03d}" == one.municipality else 0
        faults = [*one.faults, *version_faults(one.version, stored)]
        if one.asked:
            faults += identity_changed(one.asked, owner)
        yield CheckedAgain(one.row, [fault.as_json() for fault in faults], one.municipality)


class Asked(NamedTuple):
    """Of a row without faults. `typed`: its number is not the one that came."""

    version: int
    municipality: int
    code: str
    typed: bool


def whose(it: CorrectedRow) -> Asked:
    notice, content = it.notice, it.notice.content
    code = parse(content.person.identity_code if content.person else "").text
    municipality = int(content.municipality)
    return Asked(notice.versio or 0, municipality, code, NUMBER in it.corrections.texts)


def owners_of(asked: list[tuple[str, str]]) -> dict[tuple[str, str], Owner]:
    """By sender and number: the version, municipality and person of the notice that is stored, wherever it is."""
    if not asked:
        return {}
    with across_municipalities("a notice may belong to another municipality"), connection.cursor() as cursor:
        cursor.execute(OWNERS, [[sender for sender, _ in asked], [number for _, number in asked]])
        return {(row[0], row[1]): Owner(row[2], row[3], row[4], bytes(row[5])) for row in cursor.fetchall()}


def identity_changed(asked: Asked, owner: Owner | None) -> list[RowFault]:
    """As `classify` tells it; what is not a later version is told when it is released.

    A typed number that is somebody else's is always a mistake: as an old version the row would be closed, and lost.
    """
    if owner is None or (asked.version <= owner.version and not asked.typed):
        return []
    if asked.municipality != owner.addressed:
        return [RowFault(PLACE, RowFaultCode.IDENTITY_CHANGED)]
    if blind_index(asked.code, owner.place) != owner.identity_index:
        return [RowFault(IDENTITY, RowFaultCode.IDENTITY_CHANGED)]
    return []

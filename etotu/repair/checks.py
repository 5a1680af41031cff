"""Checking faulty rows again: with the checks of loading, over what was corrected, against what is stored now."""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from django.db import connection

from core.encryption import DecryptionError, blind_index
from core.identity_code import IdentityCodeError, parse
from core.row_security import across_municipalities
from etotu.checks import check
from etotu.codes.stored import municipality_codes, stored_code_lists
from etotu.faults import RowFault, RowFaultCode
from etotu.loading.classify import VERSION_STEP
from etotu.loading.rows import OF_OTHERS
from etotu.models import QuarantineRow
from etotu.repair.corrected_rows import CorrectedRow, as_received, corrected_row
from etotu.repair.version import VERSION, TypedVersion, typed_version, version_faults
from etotu.trust import kelas_among

IDENTITY: Final = "henkilo.henkilotunnus"
PLACE: Final = "kunta"
NUMBER: Final = "tunnus"
# Whose the notice in force is: of another person or municipality its later versions are not taken.
OWNERS = """
    SELECT n.sender, n.number, n.version, COALESCE(n.sent_to, n.municipality_id), n.municipality_id,
        c.identity_code_index, n.claimed_in IS NOT NULL
    FROM unnest(%s::text[], %s::text[]) AS asked (sender, number)
        JOIN etotu_notice n ON n.sender = asked.sender AND n.number = asked.number AND n.past_hop IS NULL
        JOIN cases_matter m ON m.id = n.matter_id JOIN cases_client c ON c.id = m.client_id
"""


class Owner(NamedTuple):
    """Of a notice that was transferred, `addressed` is the municipality of its rows, `place` where it is now.

    `claimed`: its number came by an upload only.
    """

    version: int
    addressed: int
    place: int
    identity_index: bytes
    claimed: bool


class CheckedAgain(NamedTuple):
    """`faults` as JSON, all of them as they are now; `municipality` is the code of the one whose the row is to handle.

    `typed`: that code, or what the row says at all, was typed by a person. `owner`: the stored notice that it is about.
    """

    row: QuarantineRow
    faults: list[dict[str, Any]]
    municipality: str
    typed: bool = False
    owner: Owner | None = None


class Looked(NamedTuple):
    """What is kept of a row while the others are looked at: not its attachments."""

    row: QuarantineRow
    faults: list[RowFault]
    municipality: str
    number: str
    typed: bool
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
        place = it.notice.content.municipality
        version = typed_version(it)
        looked.append(Looked(row, faults, place, it.notice.tunnus, it.corrections.any, whose(it), version))
    owners = owners_of([(one.row.sender, one.number) for one in looked])
    claimed = any(owner.claimed for found in owners.values() for owner in found)
    kelas = kelas_among(one.row.batch_id for one in looked) if claimed else set()
    for one in looked:
        owner = owner_for(one, owners.get((one.row.sender, one.number), []), one.row.batch_id in kelas)
        # of a notice that others have, its version is theirs to know
        stored = owner.version if owner and f"{owner.addressed:03d}" == one.municipality else 0
        faults = [*one.faults, *version_faults(one.version, stored)]
        faults += one.asked.unlike(owner) if one.asked else []
        faults += [OF_OTHERS] if one.row.of_others else []
        place = one.municipality
        if owner and f"{owner.addressed:03d}" == place and one.row.municipality_id == owner.place:
            # the installation admin gave the row to where its notice is now
            place = f"{owner.place:03d}"
        yield CheckedAgain(one.row, [fault.as_json() for fault in faults], place, one.typed, owner)


class Asked(NamedTuple):
    """Of a row whose person and municipality can be read."""

    version: int
    municipality: int
    code: str

    def is_of(self, owner: Owner) -> bool:
        return blind_index(self.code, owner.place) == owner.identity_index

    def unlike(self, owner: Owner | None) -> list[RowFault]:
        """In what it contradicts the notice that is stored under its number, whatever its version (rule 14)."""
        if owner is None:
            return []
        if self.municipality != owner.addressed:
            return [RowFault(PLACE, RowFaultCode.IDENTITY_CHANGED)]
        if not self.is_of(owner):
            return [RowFault(IDENTITY, RowFaultCode.IDENTITY_CHANGED)]
        if self.version > owner.version + VERSION_STEP:
            return [RowFault(VERSION, RowFaultCode.VERSION_JUMP, {"limit": VERSION_STEP})]
        return []


def owner_for(looked: Looked, owners: list[Owner], kelas: bool) -> Owner | None:
    """The notice that the row is about, as loading finds it (`loading.known`): Kela's, else one claimed for the place.

    A claim of somebody else is nothing to a row that is Kela's word alone.
    """
    for owner in sorted(owners, key=lambda one: one.claimed):
        if not owner.claimed:
            return owner
        if f"{owner.addressed:03d}" == looked.municipality:
            other = looked.asked is None or not looked.asked.is_of(owner)
            return None if kelas and not looked.typed and other else owner
    return None


def whose(it: CorrectedRow) -> Asked | None:
    notice, content = it.notice, it.notice.content
    try:
        code = parse(content.person.identity_code if content.person else "").text
    except IdentityCodeError:
        return None
    place = content.municipality
    if not (place.isascii() and place.isdigit()):
        return None
    return Asked(notice.versio or 0, int(place), code)


def owners_of(asked: list[tuple[str, str]]) -> dict[tuple[str, str], list[Owner]]:
    """By sender and number: the version, municipality and person of each notice that is stored, wherever it is."""
    if not asked:
        return {}
    with across_municipalities("a notice may belong to another municipality"), connection.cursor() as cursor:
        cursor.execute(OWNERS, [[sender for sender, _ in asked], [number for _, number in asked]])
        found: dict[tuple[str, str], list[Owner]] = {}
        for sender, number, version, addressed, place, index, claimed in cursor.fetchall():
            owners = found.setdefault((sender, number), [])
            owners.append(Owner(version, addressed, place, bytes(index or b""), claimed))
        return found

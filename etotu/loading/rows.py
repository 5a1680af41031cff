"""A notice and what the checks found of it → a row of `etotu_staged`. Nothing personal stays in clear but names."""

import datetime
import json
from dataclasses import dataclass
from typing import Any, Final

from cases.deadlines.rules import over_75
from cases.intake import spelled
from cases.models.client import identity_context
from core.encryption import blind_index, encrypt, encrypt_text
from core.encryption import place as bound_to
from core.identity_code import IdentityCode
from core.names import sort_key
from etotu.checks import Checked, check
from etotu.codes.lists import CodeLists
from etotu.faults import RowFault, RowFaultCode
from etotu.kinds import MATTER_KINDS
from etotu.loading.originals import seal
from etotu.loading.tables import STAGED
from etotu.models import Batch
from etotu.parsing import Person, RawNotice
from etotu.parsing.values import HELSINKI
from etotu.trust import Places

AFTER_HEAD: Final = list(STAGED)[list(STAGED).index("identity_index") :]
INSTALLATION: Final = 0
OF_OTHERS: Final = RowFault("kunta", RowFaultCode.OTHER_MUNICIPALITY)
Row = tuple[Any, ...]


def keyed_hash(content_hash: bytes) -> bytes:
    """What is stored of a content: without the key nobody can tell a person from it by trying."""
    return blind_index(content_hash.hex(), INSTALLATION)


def person_key(code: IdentityCode | None) -> bytes | None:
    """Tells faulty rows of one person from those of another, in whichever municipality."""
    return blind_index(code.text, INSTALLATION) if code else None


def names_key(person: Person | None) -> bytes | None:
    """What tells them where the identity code cannot be read."""
    names = sort_key(person.family_name, person.given_names) if person else ""
    return blind_index(f"names:{names}", INSTALLATION) if names else None


def _faulty(raw: RawNotice, found: Checked, place: int | None) -> Row:
    """What is compared with the person who is stored under the number; the rest stays in the sealed original."""
    row: dict[str, Any] = dict.fromkeys(AFTER_HEAD)
    person = raw.content.person
    if found.identity and place:
        row["identity_index"] = blind_index(found.identity.text, place)
    if person:
        row["sort_key"] = spelled(person.family_name, person.given_names)[0] or None
    return tuple(row.values())


def attachment_context(sender: str, number: str, version: int, ordinal: int) -> bytes:
    return bound_to("etotu_attachment", "data", sender, number, version, ordinal)


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes the rows of one batch; `places` are those of which it may hold rows."""

    batch: Batch
    sender: str
    code_lists: CodeLists
    municipalities: frozenset[str]
    places: Places = None

    def row(self, raw: RawNotice) -> Row:
        found = check(
            raw,
            received_at=self.batch.received_at,
            code_lists=self.code_lists,
            known_municipalities=self.municipalities,
        )
        content = raw.content
        place = int(content.municipality) if content.municipality in self.municipalities else self.batch.uploaded_in_id
        of_others = place is not None and self.places is not None and place not in self.places
        if of_others:
            place, found = None, found._replace(faults=(*found.faults, OF_OTHERS))
        good = not found.faults
        text, content_hash = content.json_and_hash()
        # a later version may still turn out to be somebody else's; of a first one see `sealing`
        kept = seal(raw, self.batch.pk) if not good or (raw.versio or 0) > 1 else None
        head = (
            raw.position,
            raw.line,
            storable(raw.tunnus),
            raw.versio,
            place,
            storable(content.kind),
            keyed_hash(content_hash),
            of_others,
            person_key(found.identity),
            names_key(content.person),
            *_found_as_json(found),
            kept,
        )
        return head + (self._good(raw, found.identity, place, text) if good and place else _faulty(raw, found, place))

    def _good(self, raw: RawNotice, code: IdentityCode | None, municipality_id: int, content_text: str) -> Row:
        content = raw.content
        if content.person is None or content.created_at is None or code is None:
            raise ValueError("the checks let a notice through that lacks its person or its time")
        kind = MATTER_KINDS[content.kind]
        need = content.need if content.need and content.kind == "SOSIAALITYON_TARVE" else None
        index = blind_index(code.text, municipality_id)
        return (
            index,
            encrypt_text(code.text, identity_context(municipality_id, index)),
            code.mask(),
            code.birth_date,
            *_person(content.person),
            kind.value,
            content.urgent,
            over_75(code.birth_date, self.batch.arrived),
            bool(need and need.wants_discussion),
            need and need.discussion_requested_on,
            _day(content.created_at),
            content.created_at,
            content_text,
        )

    def files(self, raw: RawNotice) -> list[Row]:
        """Rows of `etotu_staged_file`, the bytes encrypted."""
        rows: list[Row] = []
        for number, one in enumerate(raw.content.attachments, 1):
            context = attachment_context(self.sender, raw.tunnus, raw.versio or 0, number)
            rows.append((raw.position, number, one.name, one.mime, one.size, encrypt(one.read(), context)))
        return rows


def storable(text: str) -> str:
    """Without the one character that PostgreSQL does not take: a broken row may hold it anywhere."""
    return text.replace("\0", "")


def _found_as_json(found: Checked) -> tuple[str | None, str]:
    faults = _json([one.as_json() for one in found.faults]) if found.faults else None
    return faults, _json([one.as_json() for one in found.flags]) if found.flags else "[]"


def _person(person: Person) -> Row:
    return (
        person.family_name,
        person.given_names,
        *spelled(person.family_name, person.given_names),
        person.language[:20],
        person.non_disclosure,
        person.phone,
        person.street,
        person.postal_code,
        person.post_office,
        person.home_municipality,
    )


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(HELSINKI).date()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

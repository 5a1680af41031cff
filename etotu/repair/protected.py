"""Faulty rows of people under turvakielto or a restriction: for a supervisor or somebody named for the client."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from cases.models import Client, Matter, OwnWorker, RestrictedAccess
from core.encryption import DecryptionError, blind_index
from core.identity_code import IdentityCodeError, parse
from core.names import sort_key
from etotu.models import QuarantineRow
from etotu.parsing import fields
from etotu.repair.corrected_rows import CorrectedRow, corrected_row
from municipalities.access import Access

CODE: Final = re.compile(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Z]", re.IGNORECASE)
NO: Final = frozenset({"", "false", "0", "e"})
YES: Final = frozenset({"true", "1", "k"})


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a row tells of: by codes that stand anywhere in it, and by its names. Both as clients have them."""

    row_id: int
    turvakielto: bool
    indexes: frozenset[bytes]
    names: str

    def is_of(self, client: Client) -> bool:
        return bytes(client.identity_code_index or b"") in self.indexes or client.sort_key == self.names


def may_look(access: Access, row: QuarantineRow) -> bool:
    return not closed_to(access, [row])


def closed_to(access: Access, rows: Iterable[QuarantineRow]) -> set[int]:
    """Of the rows of a municipality those that this person may not look into; one that cannot be read shows nothing."""
    if access.all_units:
        return set()
    named = [named_in(it) for it in readable(rows)]
    known = clients(access, named)
    return {one.row_id for one in named if not is_open(one, [client for client in known if one.is_of(client)])}


def is_open(one: Named, people: list[Client]) -> bool:
    """Where everybody who is told of is the reader's to see, or nobody is protected."""
    protected = one.turvakielto or any(client.non_disclosure or client.restricted for client in people)
    return not protected or (bool(people) and all(client.reader for client in people))  # type: ignore[attr-defined]


def protected_by_its_words(rows: Iterable[QuarantineRow]) -> set[int]:
    """Of rows without a municipality, whose people are nobody's clients."""
    return {it.row.pk for it in readable(rows) if is_under_turvakielto(it)}


def readable(rows: Iterable[QuarantineRow]) -> Iterator[CorrectedRow]:
    for row in rows:
        with suppress(DecryptionError):
            yield corrected_row(row)


def named_in(it: CorrectedRow) -> Named:
    place = it.row.municipality_id or 0
    texts = [text for values in (it.original.values, it.notice.values) for text in every_text(values)]
    codes = {found[0].upper() for text in texts for found in CODE.finditer(text)}
    person = it.notice.content.person
    names = sort_key(person.family_name, person.given_names) if person else ""
    indexes = frozenset(blind_index(code, place) for code in codes if is_code(code))
    return Named(it.row.pk, is_under_turvakielto(it), indexes, names)


def is_under_turvakielto(it: CorrectedRow) -> bool:
    """As it came, where what cannot be read may be one, or as corrected."""
    came, now = (
        str(values.get(fields.PERSON, {}).get("turvakielto", "")).strip().lower()
        for values in (it.values, it.notice.values)
    )
    return came not in NO or now in YES


def clients(access: Access, named: list[Named]) -> list[Client]:
    """Of all the rows, in one query; `reader` tells whether each is this person's to see."""
    indexes = frozenset[bytes]().union(*(one.indexes for one in named))
    names = {one.names for one in named if one.names}
    found = Client.objects.filter(Q(identity_code_index__in=indexes) | Q(sort_key__in=names))
    reader = Case(When(named_to(access), then=Value(True)), default=Value(False), output_field=BooleanField())
    return list(found.filter(municipality=access.municipality_id).annotate(reader=reader))


def is_code(text: str) -> bool:
    try:
        parse(text)
    except IdentityCodeError:
        return False
    return True


def every_text(values: Any) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        for one in values.values():
            yield from every_text(one)
    elif isinstance(values, list):
        for one in values:
            yield from every_text(one)


def named_to(access: Access) -> Q:
    """Of a restricted client those who are named; of another the own worker and the assignee of an open matter."""
    who: dict[str, Any] = {"client": OuterRef("pk")}
    named = Exists(RestrictedAccess.objects.filter(user=access.user_id, ended=None, **who))
    own = Exists(OwnWorker.objects.filter(user=access.user_id, ended=None, **who))
    has_matter = Exists(Matter.objects.open().filter(assignee=access.user_id, **who))
    return Q(named) | (Q(restricted=False) & (Q(own) | Q(has_matter)))

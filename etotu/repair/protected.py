"""Faulty rows of people under turvakielto or a restriction: a supervisor opens them, or somebody named for the client."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import Client, Matter, OwnWorker, RestrictedAccess
from core.encryption import DecryptionError, blind_index
from core.identity_code import IdentityCodeError, parse
from core.names import sort_key
from etotu.models import QuarantineRow
from etotu.parsing import fields
from etotu.repair.corrected_rows import CorrectedRow, corrected_row
from municipalities.access import Access

CODE: Final = re.compile(r"[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Z]", re.IGNORECASE)
OPEN_TO_ALL: Final = frozenset({"", "false", "0", "e"})


def closed_to(access: Access, rows: Iterable[QuarantineRow]) -> set[int]:
    """Of the rows of a municipality those that this person may not look into."""
    return set() if access.all_units else {row.pk for row in rows if not may_look(access, row)}


def may_look(access: Access, row: QuarantineRow) -> bool:
    """A row that can no longer be read shows nothing."""
    try:
        it = corrected_row(row)
    except DecryptionError:
        return True
    people = clients_named(it)
    protected = people.filter(Q(non_disclosure=True) | Q(restricted=True))
    if access.all_units or not (is_under_turvakielto(it) or protected.exists()):
        return True
    return people.exists() and not people.exclude(named_to(access)).exists()


def is_protected(row: QuarantineRow) -> bool:
    """By its own words, where nobody is known: of a row without a municipality."""
    try:
        return is_under_turvakielto(corrected_row(row))
    except DecryptionError:
        return False


def is_under_turvakielto(it: CorrectedRow) -> bool:
    """As it came or as corrected: what cannot be read may be one."""
    texts = [str(values.get(fields.PERSON, {}).get("turvakielto", "")) for values in (it.values, it.notice.values)]
    return any(text.strip().lower() not in OPEN_TO_ALL for text in texts)


def clients_named(it: CorrectedRow) -> QuerySet[Client]:
    """The clients whose codes stand anywhere in the row, or who have its names."""
    place = it.row.municipality_id
    if place is None:
        return Client.objects.none()
    texts = [text for values in (it.original.values, it.notice.values) for text in every_text(values)]
    codes = {found[0].upper() for text in texts for found in CODE.finditer(text)}
    indexes = [blind_index(code, place) for code in codes if is_code(code)]
    wanted = Q(identity_code_index__in=indexes)
    person = it.notice.content.person
    if person and (key := sort_key(person.family_name, person.given_names)):
        wanted |= Q(sort_key=key)
    return Client.objects.filter(wanted, municipality=place)


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

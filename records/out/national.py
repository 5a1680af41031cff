"""A finished version as the national JSON of its structure: every value in its form, nothing beside it.

What is ours and has no place in the structure goes into a side file (`side_file`), never into the document.
"""

import decimal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cases.models import Client
from records.content.values import filled, is_empty
from records.models import Version
from records.structures.lists import choices_of, is_checked, system_of
from records.structures.node import Kind, Node
from records.structures.registry import structure

IDENTITY_CODE_SYSTEM = "urn:oid:1.2.246.21"
EUROS = "EUR"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a document is about, or who wrote it, as far as a structure asks."""

    family_name: str
    given_names: str
    identity_code: str = ""
    temporary_id: str = ""
    title: str = ""


def client_of(client: Client) -> Person:
    """Without an identity code the client is known by a temporary number of this program."""
    code = client.identity_code()
    return Person(client.family_name, client.given_names, code, "" if code else f"osallistava-{client.pk}")


def author_of(version: Version) -> Person:
    """An account has one name: its last word is the family name."""
    given, _, family = version.author_name.strip().rpartition(" ")
    return Person(family or given, given or family, title=version.author_title)


def national(version: Version, client: Person, author: Person) -> Json:
    """The document, under the one key of its structure."""
    written_in = structure(version.structure)
    language = version.language
    body = _group(written_in.body, version.content, language)
    ours = {node.key: _ours(node, version, client, author) for node in written_in.filled_by_us}
    found = {**body, **{key: value for key, value in ours.items() if not is_empty(value)}}
    order = [node.key for node in written_in.root.children]
    return {written_in.root.key: {key: found[key] for key in order if key in found}}


def side_file(version: Version) -> Json:
    """What is told beside the document: ours, and the codes that were not seen in a national source."""
    written_in = structure(version.structure)
    unchecked = [
        {"field": name, "code": value}
        for name, node, value in filled(written_in.body, version.content)
        if node.kind is Kind.CODE and not is_checked(node, value)
    ]
    return {
        "document": version.document_id,
        "version": version.number,
        "structure": version.structure,
        "reason": version.reason,
        "finished_at": timezone.localtime(version.finished_at).isoformat(timespec="seconds"),
        "digest": version.digest,
        "aside": version.aside,
        "codes_not_checked": unchecked,
    }


def _group(nodes: tuple[Node, ...], content: Mapping[str, Any], language: str) -> Json:
    """A group that the structure demands is there with nothing in it."""
    found: Json = {}
    for node in nodes:
        value = content.get(node.key)
        if not is_empty(value):
            found[node.key] = _node(node, value, language)
        elif node.required and node.is_group:
            found[node.key] = (
                [_group(node.children, {}, language)] if node.repeats else _group(node.children, {}, language)
            )
    return found


def _node(node: Node, value: Any, language: str) -> Any:
    if node.repeats:
        return [_one(node, one, language) for one in value]
    return _one(node, value, language)


def _one(node: Node, value: Any, language: str) -> Any:
    match node.kind:
        case Kind.GROUP:
            return _group(node.children, value, language)
        case Kind.CODE:
            words = next((one.words.in_language(language) for one in choices_of(node) if one.code == value), value)
            return {"system": system_of(node), "code": value, "display": words}
        case Kind.IDENTIFIER:
            return {"value": value}
        case Kind.AMOUNT:
            return {"value": float(decimal.Decimal(value)), "code": EUROS}
    return value


def _ours(node: Node, version: Version, client: Person, author: Person) -> Any:
    if node.key == "paivamaara":
        return timezone.localdate(version.finished_at).isoformat()
    person = _person(node, client if node.key == "asiakas" else author)
    return [person] if node.repeats else person


def _person(node: Node, person: Person) -> Json:
    known: Json = {
        "sukunimi": person.family_name,
        "etunimet": person.given_names,
        "henkilotunnus": {"system": IDENTITY_CODE_SYSTEM, "value": person.identity_code}
        if person.identity_code
        else "",
        "tilapainen_yksilointitunnus": {"value": person.temporary_id} if person.temporary_id else "",
        "tehtavanimike": person.title,
    }
    return {child.key: known[child.key] for child in node.children if not is_empty(known.get(child.key))}


def _identifier(value: str, system: Json) -> Json:
    return {**system, "value": value} if value else {}

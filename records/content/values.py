"""The content of a document: nested as its structure is, with plain values. What is empty is not in it.

A code is kept as its code, an identifier as its value, a day and a moment as ISO text, an amount as text; a field or a
group that repeats as a list. Whom the document is about and who wrote it are not content: the program knows them.
"""

import datetime
import decimal
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from records.structures.lists import choices_of
from records.structures.node import Kind, Node, Structure

Content = dict[str, Any]

LONGEST: Final = 50_000
MOST: Final = 100  # of a group or a field that repeats


class WrongContent(ValueError):
    """The content does not fit the structure. `where` is the name of the field (`names.name_of`)."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


def clean(structure: Structure, content: Mapping[str, Any]) -> Content:
    """The content without what is empty. Raises WrongContent for a key or a value that the structure does not have."""
    return _group(structure.body, content, "")


def _group(nodes: tuple[Node, ...], content: Any, where: str) -> Content:
    if not isinstance(content, Mapping):
        raise WrongContent(where, "is no group")
    keys = {node.key: node for node in nodes}
    if unknown := sorted(set(content) - set(keys)):
        raise WrongContent(f"{where}{unknown[0]}", "is not in the structure")
    found = {node.key: _node(node, content.get(node.key), f"{where}{node.key}") for node in nodes}
    return {key: value for key, value in found.items() if not is_empty(value)}


def _node(node: Node, value: Any, where: str) -> Any:
    if is_empty(value):
        return None
    if not node.repeats:
        return _one(node, value, where)
    if not isinstance(value, list) or len(value) > MOST:
        raise WrongContent(where, "is no list, or too long a one")
    found = [_one(node, one, f"{where}.{n}") for n, one in enumerate(value) if not is_empty(one)]
    return [one for one in found if not is_empty(one)]


def _one(node: Node, value: Any, where: str) -> Any:
    if node.is_group:
        return _group(node.children, value, f"{where}.")
    if not fits(node, value):
        raise WrongContent(where, "has a value of another kind")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def fits(node: Node, value: Any) -> bool:
    """Whether a field can hold this value. A code must be one of its list, where the list is known."""
    match node.kind:
        case Kind.YES_NO:
            return isinstance(value, bool)
        case Kind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Kind.DAY:
            return isinstance(value, str) and is_day(value)
        case Kind.MOMENT:
            return isinstance(value, str) and is_moment(value)
        case Kind.AMOUNT:
            return isinstance(value, str) and is_amount(value)
        case Kind.CODE:
            choices = choices_of(node)
            return isinstance(value, str) and (not choices or value in {choice.code for choice in choices})
    return isinstance(value, str) and len(value) <= LONGEST


def is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    try:
        return datetime.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def is_amount(text: str) -> bool:
    """Euros and cents with a point, up to 99 999 999.99."""
    return bool(re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,2})?", text)) and decimal.Decimal(text).is_finite()


def is_empty(value: Any) -> bool:
    """No is an answer: only what was not said is empty."""
    return value is None or value in ({}, []) or (isinstance(value, str) and not value.strip())


def filled(nodes: tuple[Node, ...], content: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, Node, Any]]:
    """Each filled field in the order of the structure: its name, such as "palvelut.0.kuvaus", the field, its value."""
    for node in nodes:
        value = content.get(node.key)
        if is_empty(value):
            continue
        for at, one in each(node, value, f"{name}{node.key}"):
            if node.is_group:
                yield from filled(node.children, one, f"{at}.")
            else:
                yield at, node, one


def each(node: Node, value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The one value under its name, or each of those that repeat."""
    if node.repeats:
        yield from ((f"{name}.{n}", one) for n, one in enumerate(value))
    else:
        yield name, value

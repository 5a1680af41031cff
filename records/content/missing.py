"""What a structure asks for and a document does not have: shown while it is written, and needed to finish it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from records.content.values import each, is_empty
from records.structures.lists import is_offered
from records.structures.node import Node, Structure


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without its value; `name` as in `values.filled`."""

    name: str
    node: Node


def missing(structure: Structure, content: Mapping[str, Any]) -> list[Missing]:
    """A required field of a group that may be left out is asked for only once the group has something in it."""
    return list(_missing(structure.body, content, ""))


def to_fill_in(structure: Structure, content: Mapping[str, Any]) -> list[Missing]:
    """Of what is missing, what somebody can fill in. A code whose list is not known here does not hold a document back:
    it is finished, and only its structured file cannot be given.
    """
    return [gap for gap in missing(structure, content) if is_offered(gap.node)]


def _missing(nodes: tuple[Node, ...], content: Mapping[str, Any], name: str) -> Iterator[Missing]:
    for node in nodes:
        at = f"{name}{node.key}"
        value: Any = content.get(node.key)
        if is_empty(value):
            if node.required:
                yield from _all_of(node, at)
        elif node.is_group:
            for where, one in each(node, value, at):
                yield from _missing(node.children, one, f"{where}.")


def _all_of(node: Node, name: str) -> Iterator[Missing]:
    if not node.is_group:
        yield Missing(name, node)
        return
    first = f"{name}.0." if node.repeats else f"{name}."
    for child in node.children:
        if child.required:
            yield from _all_of(child, f"{first}{child.key}")

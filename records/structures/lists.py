"""The classes of the national code lists that the structures name.

A structure often names a list only; its classes stand in another structure, or are kept here in `lists.csv`, where
`checked` says whether the class was seen in a national source. A field whose list is not known at all is not offered.
"""

import csv
from functools import cache
from pathlib import Path

from records.structures.node import Choice, Kind, Node, Words
from records.structures.registry import known, structure

KEPT_HERE = Path(__file__).with_name("lists.csv")
NATIONAL = "urn:oid:"


def choices_of(node: Node) -> tuple[Choice, ...]:
    """The classes among which this field chooses; empty when its list is not known here."""
    return node.choices or classes(node.code_list)


@cache
def classes(code_list: str) -> tuple[Choice, ...]:
    """Of a national list: as another structure names them, else as they are kept here."""
    return _by_structures().get(code_list) or tuple(one for one, _ in _kept_here().get(code_list, ()))


def is_checked(node: Node, code: str) -> bool:
    """Whether the class was seen in a national source."""
    if node.choices or node.code_list in _by_structures():
        return True
    return any(one.code == code and checked for one, checked in _kept_here().get(node.code_list, ()))


def system_of(node: Node) -> str:
    """How a document names the list of a field: a national one by its identifier, its own by structure and field."""
    return f"{NATIONAL}{node.code_list}" if node.code_list[:1].isdigit() else node.code_list


def is_offered(node: Node) -> bool:
    """Whether somebody can fill this field in."""
    return node.kind is not Kind.CODE or bool(choices_of(node))


@cache
def _by_structures() -> dict[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = {}
    for oid in known():
        for node in structure(oid).root.leaves():
            if len(node.choices) > len(found.get(node.code_list, ())):
                found[node.code_list] = node.choices
    return found


@cache
def _kept_here() -> dict[str, list[tuple[Choice, bool]]]:
    found: dict[str, list[tuple[Choice, bool]]] = {}
    with KEPT_HERE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            choice = Choice(row["code"], Words(row["fi"], row["sv"]))
            found.setdefault(row["list"], []).append((choice, row["checked"] == "yes"))
    return found

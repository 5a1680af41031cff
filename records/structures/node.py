"""What a national document structure is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from django.utils.translation import get_language

Path = tuple[str, ...]
"""Keys from below the root, such as ("asuminen", "kuvaus")."""


class Kind(Enum):
    """What a node holds, and as what a document keeps it."""

    GROUP = auto()  # an object of other nodes
    NAME = auto()  # one line
    TEXT = auto()
    DAY = auto()  # 2018-11-13
    MOMENT = auto()  # 2018-11-13T13:00:00+02:00
    YES_NO = auto()
    CODE = auto()  # the code alone
    IDENTIFIER = auto()  # the value alone
    AMOUNT = auto()  # euros as text, 12.50
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Words:
    """In Finnish and Swedish, the languages of the national structures."""

    fi: str = ""
    sv: str = ""

    def in_language(self, language: str) -> str:
        """Swedish where it is asked for and there, else Finnish: there is no English."""
        return (language[:2] == "sv" and self.sv) or self.fi

    def __str__(self) -> str:
        return self.in_language(get_language() or "fi")


@dataclass(frozen=True, slots=True)
class Choice:
    """A class of a code list."""

    code: str
    words: Words


@dataclass(frozen=True)
class Node:
    """A field or a group of a structure.

    `code_list` is the national identifier of its list, or "structure/field" of a list that only this field has;
    `choices` are the classes that the structure itself names, empty where it only names the list.
    """

    key: str
    path: Path
    kind: Kind
    name: Words
    help: Words = Words()
    repeats: bool = False
    required: bool = False
    code_list: str = ""
    choices: tuple[Choice, ...] = ()
    children: tuple["Node", ...] = ()

    @property
    def is_group(self) -> bool:
        return self.kind is Kind.GROUP

    def leaves(self) -> Iterator["Node"]:
        """The fields of this node in their order; a field is its own."""
        if not self.is_group:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


OURS = frozenset({"asiakas", "laatija", "paivamaara"})
"""At the top of a structure: whom it is about, who wrote it and when. The program knows these; nobody fills them in."""


@dataclass(frozen=True)
class Structure:
    """One version of a national document structure. `number` is the same in all its versions, such as "1012"."""

    oid: str
    number: str
    version: str
    root: Node

    @property
    def name(self) -> Words:
        return self.root.name

    @cached_property
    def by_path(self) -> dict[Path, Node]:
        return {node.path: node for node in self.root.walk()}

    @property
    def filled_by_us(self) -> tuple[Node, ...]:
        return tuple(node for node in self.root.children if node.key in OURS)

    @property
    def body(self) -> tuple[Node, ...]:
        """What the people who work together fill in, in its order."""
        return tuple(node for node in self.root.children if node.key not in OURS)

"""A document as it is read: its sections, what was written in them, and what a later version changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import get_language

from desk.documents.aside import BEFORE, NOT_ASKED
from desk.documents.facts import fact_words
from desk.documents.names import html_id
from records.content.changes import Piece, pieces
from records.models.document import VersionText
from records.out.text import Line, lines
from records.structures.node import Kind, Structure
from records.structures.registry import structure
from records.structures.shown import shown

LONG = 60
"""Characters; a longer text stands under its heading, a shorter one beside it."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """`changes` is None where nothing was changed, or nothing is compared. `source` tells where a fact is from."""

    name: str
    id: str
    label: str
    value: str
    voice: str
    is_text: bool
    long: bool
    source: str
    changes: list[Piece] | None

    @property
    def gone(self) -> bool:
        """Whether the field was in the earlier version only."""
        return not self.value


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one group; `heading` is empty for fields that stand by themselves."""

    heading: str
    lines: list[ReadLine]


@dataclass(frozen=True, slots=True)
class Read:
    n: int
    id: str
    title: str
    blocks: list[Block]
    not_asked: list[str]


def read_document(version: VersionText, earlier: VersionText | None = None) -> list[Read]:
    """The sections that have something in them. `earlier` is what the version is compared with."""
    language = get_language() or "fi"
    written_in = structure(version.structure)
    told = _lines(version, earlier, language)
    found: list[Read] = []
    for section in shown(version.structure).sections:
        keys = [node.key for node in section.nodes]
        own = [line for line in told if line[0].name.split(".")[0] in keys]
        left = [key for key in version.aside.get(NOT_ASKED, ()) if key in keys]
        if own or left:
            n = len(found) + 1
            names = [str(written_in.by_path[(key,)].name) for key in left]
            alone = str(section.nodes[0].name) if len(section.nodes) == 1 else ""
            found.append(Read(n, f"osa-{n}", str(section.title), _blocks(own, alone), names))
    return found


Told = tuple[Line, ReadLine]


def _blocks(own: list[Told], alone: str) -> list[Block]:
    """A group that is alone in its section has the heading of the section."""
    grouped = groupby(own, key=lambda told: (told[0].headings, _row(told[0])))
    return [Block(_heading(headings, alone), [line for _told, line in run]) for (headings, _r), run in grouped]


def _heading(headings: tuple[str, ...], alone: str) -> str:
    return ", ".join(one for one in dict.fromkeys(headings) if one != alone)


def _row(line: Line) -> str:
    """The row of a group that repeats that the line belongs to: rows stand apart."""
    return ".".join(part for part in line.name.split(".") if part.isdigit())


def _lines(version: VersionText, earlier: VersionText | None, language: str) -> list[Told]:
    now = lines(version, language)
    if earlier is None:
        return [(line, _read(version, line, None)) for line in now]
    before = {line.name: line for line in lines(earlier, language)}
    found = [(line, _read(version, line, _changes(before.pop(line.name, None), line))) for line in now]
    found += [(line, _read(version, line, [Piece(line.value, "gone")], gone=True)) for line in before.values()]
    order = _order(structure(version.structure))
    return sorted(found, key=lambda told: _place(told[0], order))


def _changes(before: Line | None, line: Line) -> list[Piece] | None:
    was = before.value if before else ""
    return None if was == line.value else pieces(was, line.value)


def _order(written_in: Structure) -> Mapping[str, int]:
    return {".".join(node.path): n for n, node in enumerate(written_in.root.walk())}


def _place(line: Line, order: Mapping[str, int]) -> list[int]:
    """Where a field stands among the others: the place of each group, and of each row."""
    place, path = [], []
    for part in line.name.split("."):
        if part.isdigit():
            place.append(int(part))
        else:
            path.append(part)
            place.append(order.get(".".join(path), 0))
    return place


def _read(version: VersionText, line: Line, changes: list[Piece] | None, *, gone: bool = False) -> ReadLine:
    fact: dict[str, Any] | None = version.aside.get(BEFORE, {}).get(line.name)
    is_text = line.node.kind is Kind.TEXT
    return ReadLine(
        name=line.name,
        id=html_id(line.name),
        label=line.label,
        value="" if gone else line.value,
        voice=shown(version.structure).voice(line.node),
        is_text=is_text,
        long=is_text and (len(line.value) > LONG or "\n" in line.value),
        source=fact_words(fact).words if fact and not gone else "",
        changes=changes,
    )

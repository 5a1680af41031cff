"""What is ours about the form of a structure: one small file a structure, `<number>.toml`, beside this one.

It tells the voices apart, names the sections of the form, folds what is seldom needed and says what is known from
before. A structure without a file has a section for each of its groups.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path as File
from typing import Any

from records.structures.node import Node, Path, Structure, Words
from records.structures.registry import structure

HERE = File(__file__).parent
OTHER = Words("Muut tiedot", "Övriga uppgifter")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form with a heading of its own: an entry of its table of contents."""

    title: Words
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """`wanted` is what such a document mostly tells: shown as missing, never asked for. `begin` are codes that a new
    document has; `known` says of a field where its value is known from
    ("matter.arrived", "client.family_name", "today", "earlier": an earlier document of this structure)."""

    client: frozenset[Path]
    pro: frozenset[Path]
    folded: frozenset[Path]
    hidden: frozenset[Path]
    wanted: frozenset[Path]
    begin: Mapping[Path, str]
    known: Mapping[Path, str]
    sections: tuple[Section, ...]

    def voice(self, node: Node) -> str:
        """Whose words a field holds: "client", "pro", or "" where it is a fact."""
        return "client" if node.path in self.client else "pro" if node.path in self.pro else ""


@cache
def shown(oid: str) -> Shown:
    written_in = structure(oid)
    said = overlay(written_in.number)
    return Shown(
        client=_paths(said.get("client", ())),
        pro=_paths(said.get("pro", ())),
        folded=_paths(said.get("folded", ())),
        hidden=_paths(said.get("hidden", ())),
        wanted=_paths(said.get("wanted", ())),
        begin={path_of(name): value for name, value in said.get("begin", {}).items()},
        known={path_of(name): value for name, value in said.get("from", {}).items()},
        sections=tuple(_sections(written_in, said.get("section", ()))),
    )


def overlay(number: str) -> dict[str, Any]:
    """The file of a structure as it stands; empty where there is none."""
    file = HERE / f"{number}.toml"
    return tomllib.loads(file.read_text()) if file.exists() else {}


def path_of(name: str) -> Path:
    return tuple(name.split("."))


def _paths(names: list[str]) -> frozenset[Path]:
    return frozenset(path_of(name) for name in names)


def _sections(written_in: Structure, said: list[dict[str, Any]]) -> list[Section]:
    """As the file names them; what it forgot, such as a new field of a new version, stands last."""
    if not said:
        return _by_group(written_in)
    by_key = {node.key: node for node in written_in.body}
    found = [Section(Words(one["fi"], one["sv"]), tuple(by_key[k] for k in one["keys"] if k in by_key)) for one in said]
    named = {key for one in said for key in one["keys"]}
    left = tuple(node for node in written_in.body if node.key not in named)
    return found + ([Section(OTHER, left)] if left else [])


def _by_group(written_in: Structure) -> list[Section]:
    found = []
    for is_group, run in groupby(written_in.body, key=lambda node: node.is_group):
        nodes = tuple(run)
        found += [Section(node.name, (node,)) for node in nodes] if is_group else [Section(OTHER, nodes)]
    return found

"""A version as plain text: field by field in the order of its structure, and as a whole. For pasting elsewhere."""

import datetime
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from records.content.values import filled
from records.models.document import VersionText
from records.structures.lists import choices_of
from records.structures.node import Kind, Node, Structure
from records.structures.registry import structure


@dataclass(frozen=True, slots=True)
class Line:
    """A field with its value in words. `headings` are the groups that it lies in, outermost first."""

    name: str
    node: Node
    headings: tuple[str, ...]
    label: str
    value: str


def lines(version: VersionText, language: str) -> list[Line]:
    """The filled fields in order. The language is that of the headings; what was written stays as it is."""
    written_in = structure(version.structure)
    with override(language):
        found = [
            Line(
                name,
                node,
                tuple(group.name.in_language(language) for group in _groups(written_in, node)),
                node.name.in_language(language),
                in_words(node, value, language),
            )
            for name, node, value in filled(written_in.body, version.content)
        ]
    return [_together(list(same)) for _name, same in groupby(found, key=_field_of)]


def _field_of(line: Line) -> str:
    """Values of one field that repeats are one line."""
    return line.name.rpartition(".")[0] if line.node.repeats else line.name


def _together(same: list[Line]) -> Line:
    return replace(same[0], name=_field_of(same[0]), value=", ".join(line.value for line in same))


def whole(version: VersionText, language: str) -> str:
    """All of it under its headings; of whom it is about it says nothing."""
    written_in = structure(version.structure)
    found = [written_in.name.in_language(language).upper()]
    before: tuple[str, ...] = ()
    for line in lines(version, language):
        if line.headings != before:
            found += ["", " · ".join(line.headings).upper()] if line.headings else [""]
            before = line.headings
        found.append(f"{line.label}: {line.value}" if "\n" not in line.value else f"{line.label}:\n{line.value}")
    return "\n".join(found).strip() + "\n"


def in_words(node: Node, value: Any, language: str) -> str:
    """A value as a person reads it."""
    match node.kind:
        case Kind.YES_NO:
            return _("Yes") if value else _("No")
        case Kind.DAY:
            return date_format(datetime.date.fromisoformat(value), "SHORT_DATE_FORMAT")
        case Kind.MOMENT:
            return date_format(timezone.localtime(datetime.datetime.fromisoformat(value)), "SHORT_DATETIME_FORMAT")
        case Kind.CODE:
            return next((one.words.in_language(language) for one in choices_of(node) if one.code == value), value)
        case Kind.AMOUNT:
            return _("%(amount)s €") % {"amount": value.replace(".", ",")}
    return str(value)


def _groups(written_in: Structure, node: Node) -> list[Node]:
    return [written_in.by_path[node.path[:n]] for n in range(1, len(node.path))]

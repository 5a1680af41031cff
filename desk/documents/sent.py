"""What a person sent with the form of a document, as the text of the document. Nothing that was typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

from desk.documents.aside import UNREAD, aside_of
from desk.documents.names import AWAY, CONFIRMED, FIELD, NOT_ASKED, ROWS, WHOLE
from desk.documents.typed import NotUnderstood, read
from records.content.values import MOST, Content, is_empty
from records.documents.verbs import Text
from records.models import OpenVersion
from records.structures.lists import choices_of, is_offered
from records.structures.node import Kind, Node
from records.structures.registry import structure
from records.structures.shown import Shown, shown

ANSWERS = {"yes": True, "no": False}


@dataclass
class Reading:
    """One form being read. `unread`: what is no value of its field, by name, kept as it was typed."""

    data: QueryDict
    shown: Shown
    unread: dict[str, str] = field(default_factory=dict)


def text_of(data: QueryDict, open_version: OpenVersion) -> Text:
    """Raises BadRequest for a form that did not come whole."""
    if WHOLE not in data:
        raise BadRequest
    written_in = structure(open_version.structure)
    reading = Reading(data, shown(open_version.structure))
    content = _group(reading, written_in.body, "", open_version.content)
    not_asked = [node.key for node in written_in.body if may_be_left_out(node) and node.key in data.getlist(NOT_ASKED)]
    left_out = {key: content.pop(key) for key in not_asked if key in content}
    aside = aside_of(open_version, content, not_asked, left_out, set(data.getlist(CONFIRMED)))
    return Text(content, aside | {UNREAD: reading.unread})


def may_be_left_out(node: Node) -> bool:
    """A group at the top that the structure does not ask for may be marked as not asked."""
    return node.is_group and not node.required


def is_asked(node: Node, how: Shown) -> bool:
    """Whether somebody fills it in here: of a group, whether there is anything to fill in."""
    if node.path in how.hidden:
        return False
    return any(is_asked(child, how) for child in node.children) if node.is_group else is_offered(node)


def _group(reading: Reading, nodes: tuple[Node, ...], at: str, before: Mapping[str, Any]) -> Content:
    found: Content = {}
    for node in nodes:
        if not is_asked(node, reading.shown):
            value = before.get(node.key)
        else:
            value = _node(reading, node, f"{at}{node.key}", before.get(node.key))
        if not is_empty(value):
            found[node.key] = value
    return found


def _node(reading: Reading, node: Node, name: str, before: Any) -> Any:
    if not node.repeats:
        return _one(reading, node, name, before)
    if node.kind is Kind.CODE:
        sent = set(reading.data.getlist(FIELD + name))
        return [choice.code for choice in choices_of(node) if choice.code in sent]
    return _rows(reading, node, name)


def _rows(reading: Reading, node: Node, name: str) -> list[Any]:
    """Rows taken away or empty are left out, the others counted anew, and what was not understood with them."""
    count = min(_count(reading.data.get(ROWS + name, "")), MOST)
    rows = []
    for n in range(count):
        if f"{AWAY}{name}.{n}" not in reading.data:
            own = Reading(reading.data, reading.shown)
            rows.append((_one(own, node, f"{name}.{n}", None), own.unread, f"{name}.{n}"))
    filled = [row for row in rows if not is_empty(row[0])]
    kept = filled + [row for row in rows if is_empty(row[0]) and row[1]]
    for n, (_value, unread, was) in enumerate(kept):
        reading.unread |= {f"{name}.{n}{where.removeprefix(was)}": text for where, text in unread.items()}
    return [value for value, _unread, _was in filled]


def _one(reading: Reading, node: Node, name: str, before: Any) -> Any:
    if node.is_group:
        return _group(reading, node.children, f"{name}.", before if isinstance(before, dict) else {})
    sent = reading.data.get(FIELD + name, "")
    if node.kind is Kind.YES_NO:
        return ANSWERS.get(sent)
    if node.kind is Kind.CODE:
        return sent if sent in {choice.code for choice in choices_of(node)} else None
    try:
        return read(node, sent)
    except NotUnderstood:
        reading.unread[name] = sent.replace("\x00", "")
        return None


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

"""Content for any structure: all of its fields filled, or only what it asks for."""

from typing import Any

from records.content.values import Content
from records.structures.lists import choices_of, is_offered
from records.structures.node import Kind, Node, Structure

VALUES: dict[Kind, Any] = {
    Kind.NAME: "Mallinen",
    Kind.TEXT: "Sovittiin, että käydään laskut läpi yhdessä.\n”Haluan, että rahat riittävät.”",
    Kind.DAY: "2018-11-13",
    Kind.MOMENT: "2018-11-13T13:00:00+02:00",
    Kind.YES_NO: False,
    Kind.IDENTIFIER: "1.2.3",
    Kind.AMOUNT: "12.50",
    Kind.NUMBER: 3,
}


def everything(structure: Structure) -> Content:
    """Each field that can be filled in, and two of what repeats."""
    return _group(structure.body, only_required=False)


def enough(structure: Structure) -> Content:
    """What the structure asks for."""
    return _group(structure.body, only_required=True)


def _group(nodes: tuple[Node, ...], *, only_required: bool) -> Content:
    chosen = [node for node in nodes if is_filled_in(node) and (node.required or not only_required)]
    return {node.key: _value(node, only_required=only_required) for node in chosen}


def is_filled_in(node: Node) -> bool:
    return any(is_offered(leaf) for leaf in node.leaves())


def _value(node: Node, *, only_required: bool) -> Any:
    one = _group(node.children, only_required=only_required) if node.is_group else _field(node)
    return [one] * (1 if only_required else 2) if node.repeats else one


def _field(node: Node) -> Any:
    return choices_of(node)[-1].code if node.kind is Kind.CODE else VALUES[node.kind]

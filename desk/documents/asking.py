"""The form of a document, made from its structure: what the templates draw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from desk.documents.aside import BEFORE, LEFT_OUT, NOT_ASKED, UNREAD
from desk.documents.facts import Before, fact_words
from desk.documents.names import html_id
from desk.documents.sent import is_asked, may_be_left_out
from desk.documents.typed import NotUnderstood, read, write
from records.content.missing import Missing, to_fill_in
from records.content.values import Content, filled, is_empty
from records.structures.lists import choices_of
from records.structures.node import Kind, Node
from records.structures.registry import structure
from records.structures.shown import Shown, shown

FEW = 5
"""So many classes of a list stand open beside one another; more are a list that opens."""
MANY = 6
EMPTY = "__row{}__"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """`shape` names the template that draws it; `template` is that of an empty row, where nothing is said yet."""

    name: str
    id: str
    shape: str
    label: str
    help: str
    value: str
    options: tuple[Option, ...]
    voice: str
    required: bool
    missing: bool
    wanted: bool
    wrong: str
    before: Before | None

    is_group = False

    @property
    def many(self) -> bool:
        """So many choices open when they are asked for."""
        return self.shape == "chips" and len(self.options) > MANY

    @property
    def is_chosen(self) -> bool:
        return any(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    name: str
    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`rows` of a group that does not repeat is one; `blank` is the row that a script adds."""

    name: str
    id: str
    label: str
    help: str
    level: int
    repeats: bool
    rows: tuple[Row, ...]
    blank: Row | None
    folded: bool
    """Shut until somebody opens it: nothing is in it, and nothing of it is missing."""
    may_be_left_out: bool
    not_asked: bool

    is_group = True
    shape = "group"


Part = Field | Group


@dataclass(frozen=True, slots=True)
class Asked:
    """A section of the form with what it asks. `n` is its place, from one."""

    n: int
    id: str
    title: str
    parts: tuple[Part, ...]
    missing: int


@dataclass
class Page:
    """The text that a form is made from. `more`: groups that get another empty row."""

    oid: str
    content: Mapping[str, Any]
    aside: Mapping[str, Any]
    more: frozenset[str] = frozenset()
    gaps: dict[str, Missing] = field(default_factory=dict)

    @property
    def shown(self) -> Shown:
        return shown(self.oid)

    def __post_init__(self) -> None:
        self.gaps = {gap.name: gap for gap in to_fill_in(structure(self.oid), self.content)}
        self.full: Content = {**self.content, **self.aside.get(LEFT_OUT, {})}
        self.unread: dict[str, str] = self.aside.get(UNREAD, {})


def sections(page: Page) -> list[Asked]:
    found: list[Asked] = []
    for section in page.shown.sections:
        nodes = [node for node in section.nodes if is_asked(node, page.shown)]
        if nodes:
            n = len(found) + 1
            parts = tuple(_part(page, node, node.key, page.full.get(node.key), 3) for node in nodes)
            keys = {node.key for node in nodes}
            gaps = sum(name.split(".")[0] in keys for name in page.gaps)
            found.append(Asked(n, f"osa-{n}", str(section.title), parts, gaps))
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, or stands there from before and is not confirmed, with the field it leads to."""

    id: str
    words: str
    holds: bool
    """Whether the document is not finished with it."""


def gaps(page: Page, asked: list[Asked]) -> list[Gap]:
    """In the order of the form; of parts that were not asked nothing is missing."""
    found = []
    for one in fields(asked):
        if one.name.split(".")[0] in page.aside.get(NOT_ASKED, ()):
            continue
        if one.wrong:
            found.append(Gap(one.id, _("%(field)s: check what was written") % {"field": one.label}, True))
        elif one.missing or one.wanted:
            found.append(Gap(one.id, one.label, one.missing))
        elif one.before and not one.before.confirmed:
            words = _("%(field)s: confirm what is from before") % {"field": one.label}
            found.append(Gap(one.id, words, one.before.old))
    return found


def is_blank(page: Page) -> bool:
    """Whether nobody has written anything: what the document began with is no text."""
    known = {*page.aside.get(BEFORE, {}), *(".".join(path) for path in page.shown.begin)}
    return all(name in known for name, _node, _value in filled(structure(page.oid).body, page.content))


def fields(asked: list[Asked]) -> Iterator[Field]:
    for part in parts(asked):
        if isinstance(part, Field):
            yield part


def rows_of(asked: list[Asked], name: str) -> tuple[Row, ...]:
    """Those of the group of this name."""
    return next((part.rows for part in parts(asked) if isinstance(part, Group) and part.name == name), ())


def fields_of(row: Row) -> Iterator[Field]:
    for part in row.parts:
        yield from (one for one in _walk(part) if isinstance(one, Field))


def parts(asked: list[Asked]) -> Iterator[Part]:
    """All groups and fields in the order of the form."""
    for section in asked:
        for part in section.parts:
            yield from _walk(part)


def _walk(part: Part) -> Iterator[Part]:
    yield part
    if isinstance(part, Group):
        for row in part.rows:
            for child in row.parts:
                yield from _walk(child)


def _part(page: Page, node: Node, name: str, value: Any, level: int) -> Part:
    return _group(page, node, name, value, level) if node.is_group else _field(page, node, name, value)


def _group(page: Page, node: Node, name: str, value: Any, level: int) -> Group:
    rows = value if node.repeats and isinstance(value, list) else [value or {}]
    if node.repeats:
        rows = [*rows, *[{}] * (_count_of_unread(page, name) - len(rows))] or [{}]
        rows = [*rows, {}] if name in page.more else rows
    blank = EMPTY.format(name.count("__row") or "") if node.repeats else ""
    return Group(
        name=name,
        id=html_id(name),
        label=str(node.name),
        help=str(node.help),
        level=min(level, 6),
        repeats=node.repeats,
        rows=tuple(_row(page, node, name, str(n), one, level) for n, one in enumerate(rows)),
        blank=_row(page, node, name, blank, {}, level) if blank else None,
        folded=level == 3 and is_empty(value) and not _calls(page, node, name),
        may_be_left_out=level == 3 and may_be_left_out(node),
        not_asked=name in page.aside.get(NOT_ASKED, ()),
    )


def _calls(page: Page, node: Node, name: str) -> bool:
    """Whether a part that is empty stands open: something in it is missing, wanted or was asked to be added."""
    wanted = any(one.path in page.shown.wanted or one.required for one in node.walk() if one is not node)
    asked = any(one.startswith(name) for one in (*page.gaps, *page.unread, *page.more))
    return (wanted or asked) and node.path not in page.shown.folded


def _row(page: Page, node: Node, name: str, number: str, value: Mapping[str, Any], level: int) -> Row:
    at = f"{name}.{number}" if node.repeats else name
    parts = (
        _part(page, child, f"{at}.{child.key}", value.get(child.key), level + 1)
        for child in node.children
        if is_asked(child, page.shown)
    )
    return Row(number, at, tuple(parts))


def _field(page: Page, node: Node, name: str, value: Any) -> Field:
    options = _options(node, value)
    typed = page.unread.get(name, "")
    fact = page.aside.get(BEFORE, {}).get(name)
    return Field(
        name=name,
        id=html_id(name),
        shape=_shape(node, options),
        label=str(node.name),
        help=str(node.help),
        value=typed or ("" if options or value is None else write(node, value)),
        options=options,
        voice=page.shown.voice(node),
        required=node.required,
        missing=name in page.gaps and not typed,
        wanted=node.path in page.shown.wanted and is_empty(value) and not typed,
        wrong=_wrong(node, typed),
        before=fact_words(fact) if fact else None,
    )


def _shape(node: Node, options: tuple[Option, ...]) -> str:
    if node.kind is Kind.CODE and not node.repeats and len(options) > FEW:
        return "select"
    if options:
        return "chips" if node.repeats else "segments"
    return {Kind.TEXT: "text", Kind.DAY: "day", Kind.AMOUNT: "short", Kind.NUMBER: "short"}.get(node.kind, "line")


def _options(node: Node, value: Any) -> tuple[Option, ...]:
    """The classes; of one that is chosen alone, also that nothing is said."""
    if node.kind is Kind.YES_NO:
        answers = (("yes", _("Yes"), True), ("no", _("No"), False), ("", _("Not said"), None))
        return tuple(Option(sent, words, value is meant) for sent, words, meant in answers)
    if node.kind is not Kind.CODE:
        return ()
    chosen = value if node.repeats and isinstance(value, list) else [value]
    classes = tuple(Option(one.code, str(one.words), one.code in chosen) for one in choices_of(node))
    if node.repeats:
        return classes
    return (*classes, Option("", _("Not said"), not any(one.chosen for one in classes)))


def _wrong(node: Node, typed: str) -> str:
    try:
        read(node, typed)
    except NotUnderstood as refusal:
        return refusal.words
    return ""


def _count_of_unread(page: Page, name: str) -> int:
    """How many rows are needed to show what was typed and not understood."""
    inside = (one.removeprefix(f"{name}.").split(".")[0] for one in page.unread if one.startswith(f"{name}."))
    return max((int(n) + 1 for n in inside if n.isdigit()), default=0)

"""One notice of an XML batch while its events arrive: gathers its values, attachments and what is odd in its form."""

from collections.abc import Callable
from typing import Any, Final
from xml.parsers.expat import XMLParserType

from etotu.faults import FileFault, FileFaultCode, Flag, FlagCode, RowFault, RowFaultCode
from etotu.parsing import fields
from etotu.parsing.attachments import LONGEST_NAME, AttachmentReader
from etotu.parsing.limits import LONGEST_OTHER, LONGEST_TEXT, Limits
from etotu.parsing.read import OTHERS, read_values
from etotu.parsing.shapes import RawNotice, Values

SEPARATOR: Final = " "


def named(name: str) -> str:
    """As the parser gives the name of an element of ours."""
    return f"{fields.NAMESPACE}{SEPARATOR}{name}"


_PERSON: Final = named(fields.PERSON)
_NOTE: Final = named(fields.NOTE)
_ATTACHMENT: Final = named(fields.ATTACHMENT)
_EXPENSE: Final = named(fields.EXPENSE)
_BLOCKS: Final = {named(name): (name, known) for name, known in fields.BLOCK_ATTRIBUTES.items()}
_PERSON_ELEMENTS: Final = {named(name): name for name in fields.PERSON_ELEMENTS}
# depths of elements: the batch is 1, a notice 2, its parts 3, what is in those 4
_NOTICE: Final = 2
_PART: Final = 3
_INSIDE: Final = 4


class XmlRow:
    """Its `start` and `end` are the parser's handlers while a notice is open; `done` is called at its end."""

    __slots__ = (
        "_attachment", "_depth", "_done", "_group", "_key", "_parser", "_part", "_pause", "_person", "_text",
        "_unknown", "attachments", "ended", "faults", "flags", "limits", "line", "position", "values",
    )  # fmt: skip

    def __init__(
        self, parser: XMLParserType, attributes: Values, position: int, limits: Limits, done: Callable[[], None]
    ) -> None:
        self._parser = parser
        self._done = done
        self.values = attributes
        self.position = position
        self.line = parser.CurrentLineNumber
        self.limits = limits
        self.attachments: list[AttachmentReader] = []
        self.faults: dict[tuple[str, str], RowFault] = {}
        self.flags: dict[tuple[str, str], Flag] = {}
        # whether an element has ended; the batch sets it back
        self.ended = False
        self._depth = _NOTICE
        self._part = ""
        self._person: dict[str, Any] = {}
        # where the text that is being read goes; None: there is none to keep
        self._text: list[str] | None = None
        self._group: dict[str, Any] = {}
        self._key = ""
        self._attachment: AttachmentReader | None = None
        # depth of the unknown element that is being read, 0 when there is none
        self._unknown = 0
        if attributes.keys() - fields.NOTICE_ATTRIBUTES:
            self._unknown_attributes(attributes, fields.NOTICE_ATTRIBUTES, "")

    def notice(self) -> RawNotice:
        return read_values(
            self.values,
            "xml",
            position=self.position,
            line=self.line,
            attachments=[reader.close() for reader in self.attachments],
            faults=self.faults.values(),
            flags=self.flags.values(),
            limits=self.limits,
        )

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        self._depth = depth = self._depth + 1
        # most elements are a person's plain texts: this way is only quicker than the other
        if depth == _INSIDE and self._part == fields.PERSON and not attributes and not self._unknown:
            key = _PERSON_ELEMENTS.get(name)
            if key is not None and key not in self._person:
                self._group, self._key = self._person, key
                self._listen([])
                return
        self._start_other(name, attributes, depth)

    def end(self, _name: str) -> None:
        self.ended = True
        depth = self._depth
        self._depth = depth - 1
        if self._unknown:
            if depth == self._unknown:
                self._end_unknown()
        elif self._text is not None:
            self._group[self._key] = "".join(self._text)
            self._text = self._parser.CharacterDataHandler = None
        elif depth == _PART and self._attachment is not None:
            self._attachment = self._parser.CharacterDataHandler = None
        if depth == _PART:
            self._part = ""
        elif depth == _NOTICE:
            self._done()

    def trim(self) -> None:
        """Lets go of what is too long for any field. Called between pieces of the file, so that memory stays flat."""
        if self._text is not None and len(self._text) > 1:
            self._text[:] = ["".join(self._text)[:LONGEST_TEXT]]

    def _start_other(self, name: str, attributes: dict[str, Any], depth: int) -> None:
        if depth > self.limits.depth:
            line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
            at = self._parser.CurrentByteIndex
            raise FileFault(FileFaultCode.TOO_DEEP, line, column, {"limit": self.limits.depth}, at)
        if self._unknown:
            return
        if depth == _PART:
            self._start_part(name, attributes)
        elif depth == _INSIDE and self._part == fields.APPLICATION and name == _EXPENSE:
            self._start_expense(attributes)
        elif depth == _INSIDE and self._part == fields.PERSON and name in _PERSON_ELEMENTS:
            self._start_person_element(_PERSON_ELEMENTS[name], attributes)
        else:
            self._start_unknown(name, attributes, depth)

    def _start_part(self, name: str, attributes: dict[str, Any]) -> None:
        if name == _PERSON:
            self._part = fields.PERSON
            self._unknown_attributes(attributes, frozenset(), fields.PERSON)
            self._person = self._once(self.values, fields.PERSON, fields.PERSON, {})
        elif name in _BLOCKS:
            self._part, known = _BLOCKS[name]
            self._once(self.values, self._part, self._part, attributes)
            if attributes.keys() - known:
                self._unknown_attributes(attributes, known, self._part)
        elif name == _NOTE:
            self._unknown_attributes(attributes, frozenset(), fields.NOTE)
            self._collect(self.values, fields.NOTE, fields.NOTE)
        elif name == _ATTACHMENT:
            self._start_attachment(attributes)
        else:
            self._start_unknown(name, attributes, _PART)

    def _start_person_element(self, key: str, attributes: dict[str, Any]) -> None:
        if attributes:
            self._unknown_attributes(attributes, frozenset(), f"{fields.PERSON}.{key}")
        self._collect(self._person, key, f"{fields.PERSON}.{key}")

    def _start_expense(self, attributes: dict[str, Any]) -> None:
        expenses = self.values[fields.APPLICATION].setdefault(fields.EXPENSE, [])
        field = f"{fields.APPLICATION}.{fields.EXPENSE}"
        if len(expenses) >= self.limits.expenses:
            self._fault(field, RowFaultCode.TOO_MANY, limit=self.limits.expenses)
            return
        expenses.append(attributes)
        if attributes.keys() - fields.EXPENSE_ATTRIBUTES:
            self._unknown_attributes(attributes, fields.EXPENSE_ATTRIBUTES, f"{field}.{len(expenses)}")

    def _start_attachment(self, attributes: dict[str, Any]) -> None:
        self._part = fields.ATTACHMENT
        if len(self.attachments) >= self.limits.attachments:
            self._fault(fields.ATTACHMENT, RowFaultCode.TOO_MANY, limit=self.limits.attachments)
            return
        name, mime = (str(attributes.get(key, "")).strip()[: LONGEST_NAME + 1] for key in ("nimi", "mime"))
        self._attachment = AttachmentReader(name, mime.partition(";")[0].strip().lower(), self.limits)
        self.attachments.append(self._attachment)
        self._parser.CharacterDataHandler = self._attachment.feed
        number = len(self.attachments)
        if attributes.keys() - fields.ATTACHMENT_ATTRIBUTES:
            self._unknown_attributes(attributes, fields.ATTACHMENT_ATTRIBUTES, f"{fields.ATTACHMENT}.{number}")

    def _start_unknown(self, name: str, attributes: dict[str, Any], depth: int) -> None:
        """Its text, and all that is inside it, is kept; the known element around it goes on without it."""
        self._unknown = depth
        local = name.rpartition(SEPARATOR)[2]
        field = f"{self._part}.{local}" if self._part else local
        self._flag(field, FlagCode.UNKNOWN_ELEMENT)
        self._unknown_attributes(attributes, frozenset(), field)
        self._pause = (self._text, self._group, self._key)
        self._key = field
        self._listen([])

    def _end_unknown(self) -> None:
        self._keep_other(self._key, " ".join("".join(self._text or ()).split()))
        self._text, self._group, self._key = self._pause
        self._unknown = 0
        if self._text is not None:
            self._listen(self._text)
        else:
            self._parser.CharacterDataHandler = self._attachment.feed if self._attachment else None

    def _others(self) -> dict[str, str]:
        """Unknown things of the person are kept with the person."""
        group = self._person if self._part == fields.PERSON else self.values
        others: dict[str, str] = group.setdefault(OTHERS, {})
        return others

    def _keep_other(self, field: str, text: str) -> None:
        others = self._others()
        if len(others) < self.limits.others:
            others.setdefault(field[:100], text[:LONGEST_OTHER])

    def _unknown_attributes(self, attributes: dict[str, Any], known: frozenset[str], field: str) -> None:
        for name in attributes.keys() - known if known else list(attributes):
            path = f"{field}@{name}"
            self._flag(path, FlagCode.UNKNOWN_ATTRIBUTE)
            self._keep_other(path, attributes[name])
            if known:
                del attributes[name]

    def _once(self, group: dict[str, Any], key: str, field: str, value: dict[str, Any]) -> dict[str, Any]:
        """Keeps `value`, or a fault when there is one already: the first stays, the second is read and let go."""
        if key in group:
            self._fault(field, RowFaultCode.REPEATED)
            return value
        group[key] = value
        return value

    def _collect(self, group: dict[str, Any], key: str, field: str) -> None:
        if key in group:
            self._fault(field, RowFaultCode.REPEATED)
            group = {}
        self._group, self._key = group, key
        self._listen([])

    def _listen(self, text: list[str]) -> None:
        self._text = text
        self._parser.CharacterDataHandler = text.append

    def _flag(self, field: str, code: FlagCode) -> None:
        if len(self.flags) < self.limits.others:
            self.flags.setdefault((field, code), Flag(field[:100], code))

    def _fault(self, field: str, code: RowFaultCode, **params: int | str) -> None:
        self.faults.setdefault((field, code), RowFault(field, code, params))

"""XML batches: an expat parser fed in pieces. It builds no tree, so memory stays flat at any size of file or text.

Entities cannot be declared, since any DOCTYPE is refused, and expat opens nothing by itself.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Final
from xml.parsers import expat

from etotu.faults import FileFault, FileFaultCode
from etotu.parsing import fields
from etotu.parsing.limits import Limits
from etotu.parsing.shapes import Envelope, RawNotice
from etotu.parsing.values import MOST, iso_time
from etotu.parsing.xml_row import SEPARATOR, XmlRow, named

PIECE: Final = 64 * 1024
_BATCH: Final = named(fields.BATCH)
_NOTICE: Final = named(fields.NOTICE)
_UNDECODABLE: Final = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
    )
}
_INVALID_TOKEN: Final = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


class XmlBatch:
    """Iterates over the notices; `envelope` is known from the start. Raises FileFault."""

    def __init__(self, pieces: Iterable[bytes], limits: Limits, *, lines: int = 0, offset: int = 0) -> None:
        """`lines` and `offset` (in bytes) tell what stood before the pieces: faults are told with their place."""
        self.limits = limits
        self._lines, self._offset = lines, offset
        self.received = 0
        self._envelope: Envelope | None = None
        self._ready: deque[RawNotice] = deque()
        self._row: XmlRow | None = None
        self._depth = 0
        self._ended = False
        self._fed = 0
        self._parser = self._make_parser()
        self._feeder = self._feed(pieces)
        while self._envelope is None and next(self._feeder, False):
            pass

    @property
    def envelope(self) -> Envelope:
        if self._envelope is None:  # not reached: the parser refuses a file without a root
            raise FileFault(FileFaultCode.EMPTY)
        return self._envelope

    def __iter__(self) -> Iterator[RawNotice]:
        more = True
        while more:
            while self._ready:
                yield self._ready.popleft()
            more = next(self._feeder, False)
        yield from self._ready

    def _make_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        parser.buffer_text = True
        parser.buffer_size = PIECE
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        return parser

    def _feed(self, pieces: Iterable[bytes]) -> Iterator[bool]:
        """Feeds the parser and yields True after each piece."""
        quiet = 0
        held = b""
        for piece in pieces:
            held = held + piece if held else piece
            unfinished = self._unfinished()
            if unfinished + len(held) > self.limits.tag_bytes and unfinished:
                raise self._fault(FileFaultCode.NO_END)
            # expat starts an unfinished tag over with each piece: give it ever larger ones
            if unfinished > PIECE and len(held) < unfinished:
                continue
            quiet = 0 if self._parse(held, last=False) else quiet + len(held)
            if quiet > self.limits.quiet_bytes:
                raise self._fault(FileFaultCode.NO_END)
            held = b""
            yield True
        self._parse(held, last=True)

    def _unfinished(self) -> int:
        """Bytes of a tag or comment that has begun and not ended."""
        return self._fed - self._parser.CurrentByteIndex if self._fed else 0

    def _parse(self, piece: bytes, *, last: bool) -> bool:
        """Whether an element ended in the piece."""
        self._ended = False
        if self._row is not None:
            self._row.ended = False
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            code, at = self._error_code(error.code, piece), self._parser.ErrorByteIndex
            raise FileFault(code, error.lineno + self._lines, error.offset + 1, offset=at + self._offset) from None
        except (LookupError, ValueError):  # an encoding that is not known, or not of one byte a character
            raise FileFault(FileFaultCode.UNDECODABLE, 1, 1) from None
        self._fed += len(piece)
        if self._row is None:
            return self._ended
        self._row.trim()
        return self._ended or self._row.ended

    def _error_code(self, error: int, piece: bytes) -> FileFaultCode:
        at = self._parser.ErrorByteIndex - self._fed
        beyond_ascii = 0 <= at < len(piece) and piece[at] > 0x7F
        if error in _UNDECODABLE or (error == _INVALID_TOKEN and beyond_ascii):
            return FileFaultCode.UNDECODABLE
        return FileFaultCode.NOT_WELL_FORMED

    def _fault(self, code: FileFaultCode, **params: int | str) -> FileFault:
        parser = self._parser
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        return FileFault(code, line + self._lines, column, params, parser.CurrentByteIndex + self._offset)

    def _doctype(self, *_declaration: object) -> None:
        raise self._fault(FileFaultCode.DOCTYPE)

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        """Of elements outside a notice."""
        self._depth += 1
        if self._depth == 2 and name == _NOTICE:
            self._start_notice(attributes)
        elif self._depth == 1:
            if name != _BATCH:
                raise self._fault(FileFaultCode.WRONG_NAMESPACE)
            self._envelope = self._read_envelope(attributes)
        elif self._depth == 2 and name.rpartition(SEPARATOR)[2] == fields.NOTICE:
            # a notice of another namespace: to pass it over would lose it
            raise self._fault(FileFaultCode.WRONG_NAMESPACE)
        elif self._depth > self.limits.depth:
            raise self._fault(FileFaultCode.TOO_DEEP, limit=self.limits.depth)

    def _end(self, _name: str) -> None:
        self._ended = True
        self._depth -= 1

    def _start_notice(self, attributes: dict[str, Any]) -> None:
        self.received += 1
        row = XmlRow(self._parser, attributes, self.received, self.limits, self._end_notice)
        row.line += self._lines
        self._row = row
        self._parser.StartElementHandler = row.start
        self._parser.EndElementHandler = row.end

    def _end_notice(self) -> None:
        if self._row is not None:
            self._ready.append(self._row.notice())
        self._ended = True
        self._row = None
        self._depth -= 1
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _read_envelope(self, attributes: dict[str, str]) -> Envelope:
        texts = {name: attributes.get(name, "").strip() for name in fields.BATCH_ATTRIBUTES}
        code, sender, sent, count = texts.values()
        sent_at = iso_time(sent)
        readable = {
            "eraTunnus": 0 < len(code) <= 255,
            "lahettaja": 0 < len(sender) <= 64,
            "lahetysaika": sent_at is not None,
            "ilmoitustenMaara": count.isascii() and count.isdigit() and len(count) < 11 and int(count) <= MOST,
        }
        for name, good in readable.items():
            if not good:
                raise self._fault(FileFaultCode.WRONG_HEADER, name=name)
        return Envelope(sender, code, sent_at, int(count))

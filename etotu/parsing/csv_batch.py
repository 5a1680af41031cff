"""The CSV twin: semicolons, one header row, UTF-8 or Windows-1252, Finnish dates, K and E."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from etotu.faults import FileFault, FileFaultCode, RowFault, RowFaultCode
from etotu.parsing import fields
from etotu.parsing.csv_text import Line, read_lines
from etotu.parsing.forgiven import is_empty
from etotu.parsing.limits import Limits
from etotu.parsing.other_files import why_no_header
from etotu.parsing.read import read_broken, read_values
from etotu.parsing.shapes import Envelope, RawNotice, Values

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_COLUMNS: Final = list(fields.CSV_COLUMNS)
_PLACES: Final = list(fields.CSV_COLUMNS.values())


# somebody's identity code among fields
_OTHER_PERSON: Final = re.compile(r";\s*[0-9]{6}[-+A-FU-Y\u2010-\u2015][0-9]{3}[0-9A-Z]", re.IGNORECASE)


class Record(NamedTuple):
    """`torn`: a quotation mark stands where none may; `long`: a quoted field goes over the end of a line."""

    line: int
    fields: list[str]
    torn: bool = False
    long: bool = False


class CsvBatch:
    """Iterates over the notices; `envelope` is known from the start. Raises FileFault."""

    def __init__(
        self, pieces: Iterable[bytes], limits: Limits, *, sender: str, batch_code: str, head: bytes = b""
    ) -> None:
        self.envelope = Envelope(sender, batch_code, None, None)
        self.received = 0
        self._limits = limits
        self._records = _read_records(read_lines(pieces, limits), limits)
        header = next(self._records, None)
        if header is None:
            raise FileFault(FileFaultCode.EMPTY)
        if [name.strip() for name in header.fields] != _COLUMNS:  # without the empty columns at its end
            if reason := why_no_header(head, ";".join(_COLUMNS)):
                raise FileFault(reason, header.line, 1)
            raise FileFault(FileFaultCode.WRONG_HEADER, header.line, 1, {"name": ";".join(_COLUMNS)})

    def __iter__(self) -> Iterator[RawNotice]:
        for record in self._records:
            self.received += 1
            yield self._notice(record)

    def _notice(self, record: Record) -> RawNotice:
        line, texts = record.line, record.fields
        faults = [RowFault("", RowFaultCode.QUOTES)] if record.torn else []
        if _CONTROL.search("".join(texts)):
            faults.append(RowFault("", RowFaultCode.CONTROL_CHARACTER))
            texts = [_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text) for text in texts]
        if len(texts) != len(_COLUMNS):
            counts = {"found": len(texts), "expected": len(_COLUMNS)}
            faults.append(RowFault("", RowFaultCode.FIELD_COUNT, counts))
        if len(texts) != len(_COLUMNS) or (record.torn and record.long):
            # the first four stand before what went wrong more often than not, and tell whose row it is
            start: Values = dict(zip(_COLUMNS[:4], texts, strict=False))
            most = 2 * len(_COLUMNS)
            # what is over is not cut off: it may be other people's
            values = {**start, "fields": [*texts[: most - 1], *filter(None, [";".join(texts[most - 1 :])])]}
            return read_broken(values, "csv", position=self.received, line=line, faults=faults)
        return read_values(
            row_values(texts), "csv", position=self.received, line=line, faults=faults, limits=self._limits
        )


def row_values(texts: list[str]) -> Values:
    """The texts at their places; a block is there when the type carries it or one of its columns says something."""
    values: Values = {fields.PERSON: {}}
    for (block, name), text in zip(_PLACES, texts, strict=True):
        if text:
            group: dict[str, Any] = values if block is None else values.setdefault(block, {})
            group[name] = text
    kind = values.get("tyyppi", "").strip()
    carried = fields.KINDS.get(kind)
    if carried:
        group = values.setdefault(carried, {})
        if carried == fields.UNEMPLOYMENT:
            group["kuukausia"] = str(fields.MONTHS[kind])
    return values


def record_holds_text(texts: list[str]) -> bool:
    """A row of separators alone is none: spreadsheets leave such ones at the end."""
    return any(text and not is_empty(text) for text in texts)


def without_empty_end(texts: list[str]) -> list[str]:
    """Without the empty columns that spreadsheets add after the last one."""
    while len(texts) > len(_COLUMNS) and is_empty(texts[-1]):
        texts.pop()
    return texts


def holds_a_row(text: str) -> bool:
    """Whether a text holds as many separators as a row has, or a line with somebody's identity code in its place.

    Then a quotation mark has made another's row a text of this one, or several rows stand on one line (rule 17).
    """
    if text.count(";") >= len(_COLUMNS) - 1:
        return True
    rest = text.partition("\n")[2]
    return ";" in rest and any(_OTHER_PERSON.search(line) for line in rest.split("\n"))


def _read_records(lines: Iterator[Line], limits: Limits) -> Iterator[Record]:
    """Each record that is not blank. A quoted field may hold semicolons, quotes and lines."""
    record: _Quoted | None = None
    blank = 0
    for number, text in lines:
        if record is None:
            if not text or text.isspace():
                blank += 1
                if blank > limits.blank_lines:
                    raise FileFault(FileFaultCode.NO_END, number, 1)
                continue
            blank = 0
            if '"' not in text:
                fields = text.split(";")
                if record_holds_text(fields):
                    yield Record(number, without_empty_end(fields))
                continue
            record = _Quoted(number, limits.record_chars)
        if record.add(text):
            if record_holds_text(record.fields):
                yield Record(record.line, without_empty_end(record.fields), record.torn, record.long)
            record = None
    if record is not None:
        raise FileFault(FileFaultCode.NOT_WELL_FORMED, record.line, 1)


class _Quoted:
    """A record with quotation marks, taken line by line."""

    def __init__(self, line: int, limit: int) -> None:
        self.line = line
        self.torn = self.long = False
        self.fields: list[str] = []
        self._room = limit
        self._open: list[str] | None = None

    def add(self, text: str) -> bool:
        """Whether the record is complete after this line."""
        self._room -= len(text) + 1
        if self._room < 0:
            raise FileFault(FileFaultCode.NO_END, self.line, 1)
        at = 0
        while at >= 0:
            if self._open is not None:
                at = self._inside(text, at)
                if self._open is not None:
                    return False
            elif text.startswith('"', at):
                self._open = []
                at += 1
            else:
                at = self._until_semicolon(text, at, None)
        return True

    def _inside(self, text: str, at: int) -> int:
        """Reads on in a quoted field; returns the place after it, or -1 when the record ends there."""
        assert self._open is not None  # noqa: S101
        while True:
            end = text.find('"', at)
            if end < 0:
                self._open.append(text[at:] + "\n")
                self.long = True
                return at
            self._open.append(text[at:end])
            if not text.startswith('""', end):
                quoted = "".join(self._open)
                self._open = None
                self.torn = self.torn or holds_a_row(quoted)
                return self._until_semicolon(text, end + 1, quoted)
            self._open.append('"')
            at = end + 2

    def _until_semicolon(self, text: str, at: int, before: str | None) -> int:
        """`before` is what was quoted, None in a field without marks."""
        end = text.find(";", at)
        rest = text[at:] if end < 0 else text[at:end]
        if before is not None and rest and not rest.isspace():
            self.torn = True
        self.fields.append((before or "") + rest)
        return end + 1 if end >= 0 else -1

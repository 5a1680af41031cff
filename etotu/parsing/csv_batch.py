"""The CSV twin: semicolons, one header row, UTF-8 or Windows-1252, Finnish dates, K and E."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from etotu.faults import FileFault, FileFaultCode, RowFault, RowFaultCode
from etotu.parsing import fields
from etotu.parsing.csv_text import Line, read_lines
from etotu.parsing.limits import Limits
from etotu.parsing.read import read_broken, read_values
from etotu.parsing.shapes import Envelope, RawNotice, Values

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_COLUMNS: Final = list(fields.CSV_COLUMNS)
_PLACES: Final = list(fields.CSV_COLUMNS.values())


class CsvBatch:
    """Iterates over the notices; `envelope` is known from the start. Raises FileFault."""

    def __init__(self, pieces: Iterable[bytes], limits: Limits, *, sender: str, batch_code: str) -> None:
        self.envelope = Envelope(sender, batch_code, None, None)
        self.received = 0
        self._limits = limits
        self._records = _read_records(read_lines(pieces, limits), limits)
        header = next(self._records, None)
        if header is None:
            raise FileFault(FileFaultCode.EMPTY)
        if [name.strip() for name in header[1]] != _COLUMNS:
            raise FileFault(FileFaultCode.WRONG_HEADER, header[0], 1, {"name": ";".join(_COLUMNS)})

    def __iter__(self) -> Iterator[RawNotice]:
        for line, texts in self._records:
            self.received += 1
            yield self._notice(line, texts)

    def _notice(self, line: int, texts: list[str]) -> RawNotice:
        faults = []
        if _CONTROL.search("".join(texts)):
            faults.append(RowFault("", RowFaultCode.CONTROL_CHARACTER))
            texts = [_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text) for text in texts]
        if len(texts) != len(_COLUMNS):
            counts = {"found": len(texts), "expected": len(_COLUMNS)}
            faults.append(RowFault("", RowFaultCode.FIELD_COUNT, counts))
            # the first four stand before what went wrong more often than not, and tell whose row it is
            start: Values = dict(zip(_COLUMNS[:4], texts, strict=False))
            values = {**start, "fields": texts[: 2 * len(_COLUMNS)]}
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


def _read_records(lines: Iterator[Line], limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """(line, fields) of each record that is not blank. A quoted field may hold semicolons, quotes and lines."""
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
                yield number, text.split(";")
                continue
            record = _Quoted(number, limits.record_chars)
        if record.add(text):
            yield record.line, record.fields
            record = None
    if record is not None:
        raise FileFault(FileFaultCode.NOT_WELL_FORMED, record.line, 1)


class _Quoted:
    """A record with quotation marks, taken line by line."""

    def __init__(self, line: int, limit: int) -> None:
        self.line = line
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
                at = self._until_semicolon(text, at, "")
        return True

    def _inside(self, text: str, at: int) -> int:
        """Reads on in a quoted field; returns the place after it, or -1 when the record ends there."""
        assert self._open is not None  # noqa: S101
        while True:
            end = text.find('"', at)
            if end < 0:
                self._open.append(text[at:] + "\n")
                return at
            self._open.append(text[at:end])
            if not text.startswith('""', end):
                quoted = "".join(self._open)
                self._open = None
                return self._until_semicolon(text, end + 1, quoted)
            self._open.append('"')
            at = end + 2

    def _until_semicolon(self, text: str, at: int, before: str) -> int:
        end = text.find(";", at)
        self.fields.append(before + (text[at:] if end < 0 else text[at:end]))
        return end + 1 if end >= 0 else -1

"""The lines around a place of a file, read from the bytes there, with everything of a person hidden."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from etotu.parsing.masked import Part, header_fault, masked_csv, masked_xml

BEFORE_BYTES: Final = 8 * 1024
AFTER_BYTES: Final = 4 * 1024
LINES_BEFORE: Final = 2
LINES_AFTER: Final = 2
# how much of a line is shown: before and after the place, and of the other lines
LEFT, RIGHT, OTHER = 160, 100, 160
_UTF16: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be", b"<\0": "utf-16-le"}
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9_.-]{1,30})["']""")
_STRANGE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd]")


@dataclass(frozen=True, slots=True)
class ExcerptLine:
    number: int
    parts: list[Part]
    begins_before: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """`at_end`: the place is the end of the file."""

    lines: list[ExcerptLine]
    at_end: bool


@dataclass(frozen=True, slots=True)
class Around:
    """Bytes before the place, from `starts` on, and after it; whether the file goes on after those."""

    starts: int
    before: bytes
    after: bytes
    goes_on: bool


@dataclass(frozen=True, slots=True)
class _Cut:
    """One line, cut to what is shown of it, and where the place is in it."""

    number: int
    text: str
    at: int | None = None
    begins_before: bool = False
    goes_on: bool = False


def encoding_of(head: bytes, *, xml: bool) -> str:
    """As the reader takes it; what cannot be decoded so is shown as hidden."""
    for mark, name in _UTF16.items():
        if head.startswith(mark):
            return name
    declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8)) if xml else None
    if declared is None:
        return "utf-8"
    try:
        return codecs.lookup(declared[1].decode("ascii")).name if b"16" not in declared[1] else "utf-8"
    except LookupError:
        return "utf-8"


def excerpt(around: Around, line: int, column: int | None, *, xml: bool, encoding: str) -> Excerpt | None:
    """`line` is that of the place. With a `column` the place given is the beginning of the line. None: not a text."""
    before, after = _text(_aligned(around, encoding), encoding), _text(around.after, encoding)
    if _is_binary(before + after):
        return None
    if around.starts == 0:
        before, after = (before.lstrip("\ufeff"), after) if before else (before, after.lstrip("\ufeff"))
    past, ahead = before.split("\n"), after.split("\n")
    middle = past[-1] + ahead[0]
    at = len(past[-1]) if column is None else len(past[-1]) + column - 1
    at_end = not around.goes_on and _is_rest(after, xml=xml)
    if at_end and xml:
        at = len(middle)
    whole_start = len(past) > 1 or around.starts == 0
    whole_end = len(ahead) > 1 or not around.goes_on
    if not xml:
        at = _in_csv(middle, at, header=line == 1)
    earlier = past[:-1] if around.starts == 0 else past[1:-1]
    cuts = [_head_of(number, text) for number, text in _numbered(earlier, line)]
    cuts.append(_around_place(line, middle, at, whole_start=whole_start, whole_end=whole_end))
    later = ahead[1:] if not around.goes_on else ahead[1:-1]
    # a file that ends with a line feed has no line after it
    later = later[:-1] if later and not later[-1] else later
    cuts += [_head_of(line + number, text) for number, text in enumerate(later[:LINES_AFTER], 1)]
    return Excerpt([_masked(cut, xml=xml) for cut in cuts], at_end)


def _in_csv(text: str, at: int, *, header: bool) -> int:
    """A fault of a whole line is in the first name that is wrong, or begins with a quotation mark."""
    if header:
        return header_fault(text)
    return text.find('"') if at == 0 and '"' in text else at


def _numbered(earlier: list[str], line: int) -> list[tuple[int, str]]:
    shown = earlier[-LINES_BEFORE:]
    return [(line - len(shown) + place, text) for place, text in enumerate(shown)]


def _head_of(number: int, text: str) -> _Cut:
    return _Cut(number, text[:OTHER], goes_on=len(text) > OTHER)


def _around_place(line: int, text: str, at: int, *, whole_start: bool, whole_end: bool) -> _Cut:
    start, end = max(0, at - LEFT), at + RIGHT
    cut_before, cut_after = start > 0 or not whole_start, len(text) > end or not whole_end
    return _Cut(line, text[start:end], at - start, cut_before, cut_after)


def _masked(cut: _Cut, *, xml: bool) -> ExcerptLine:
    if xml:
        parts = masked_xml(cut.text, cut.at)
    else:
        whole = not (cut.begins_before or cut.goes_on)
        parts = masked_csv(cut.text, cut.at, header=cut.number == 1, whole=whole)
    return ExcerptLine(cut.number, parts, cut.begins_before, cut.goes_on)


def _aligned(around: Around, encoding: str) -> bytes:
    """From the beginning of a character."""
    before = around.before
    if encoding.startswith("utf-16"):
        return before[around.starts % 2 :]
    if around.starts and encoding == "utf-8":
        return before.lstrip(bytes(range(0x80, 0xC0)))
    return before


def _text(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_rest(after: str, *, xml: bool) -> bool:
    """Whether nothing follows but the beginning of a tag that was cut."""
    return ">" not in after if xml else not after.strip()


def _is_binary(text: str) -> bool:
    return len(_STRANGE.findall(text)) * 20 > len(text)

"""Lines of a batch with everything of a person hidden: names of the format and a few harmless values stay.

What is shown is only what is known: a word that is no name of the format at its place is hidden, whatever it is. So
it does not matter where in the file a text begins, or how the file is broken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from etotu.parsing import fields

HIDDEN: Final = "•••"
Kind = Literal["name", "plain", "hidden"]

_ELEMENTS: Final = (
    fields.BATCH,
    fields.NOTICE,
    fields.PERSON,
    *fields.BLOCK_ATTRIBUTES,
    fields.EXPENSE,
    fields.NOTE,
    fields.ATTACHMENT,
    *fields.PERSON_ELEMENTS,
)
_ATTRIBUTES: Final = {
    *fields.BATCH_ATTRIBUTES,
    *fields.NOTICE_ATTRIBUTES,
    *(name for names in fields.BLOCK_ATTRIBUTES.values() for name in names),
    *fields.EXPENSE_ATTRIBUTES,
    *fields.ATTACHMENT_ATTRIBUTES,
    "xmlns",
    "version",
    "encoding",
}
# what tells nothing of a person, and only in the form that it should have
_SAFE: Final = {
    "tyyppi": re.compile("|".join(fields.KINDS)),
    "kunta": re.compile(r"[0-9]{3}"),
    "versio": re.compile(r"[0-9]{1,3}"),
    "kiireellinen": re.compile(r"true|false|[01KE]"),
    "ilmoitustenMaara": re.compile(r"[0-9]{1,10}"),
    "lahettaja": re.compile(r"KELA"),
    "lahetysaika": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?"),
    "xmlns": re.compile(r"urn:osallistava:etotu:[0-9]{1,3}"),
    "version": re.compile(r"1\.[0-9]"),
    "encoding": re.compile(r"utf-8|utf-16|us-ascii|windows-125[0-9]|iso-8859-[0-9]{1,2}", re.IGNORECASE),
}
_TOKEN: Final = re.compile(
    rf"""(?<!\S)(?P<attribute>{"|".join(sorted(_ATTRIBUTES, key=len, reverse=True))})(?P<equals>\s*=\s*)
            (?:(?P<quote>["'])(?P<value>[^"'<>]*)(?P<end>(?P=quote)))?
    |(?P<tag></?(?:{"|".join(sorted(_ELEMENTS, key=len, reverse=True))})(?![\w.:-]))
    |(?P<plain><\?xml(?=\s)|<!DOCTYPE(?=\s)|<!--|<!\[CDATA\[|\?>|/>|</|[<>])
    |(?P<space>\s+)
    |(?P<other>[^\s<>]+?(?=[/?]?>|\s|<|$))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a line as it is shown; `marked`: the fault is in it."""

    text: str
    kind: Kind
    marked: bool = False


def masked_xml(text: str, at: int | None = None) -> list[Part]:
    """A line of XML; the part at the place `at` of it is marked, an empty one at the end when `at` is beyond."""
    found = list(_merged(_xml_parts(text, at)))
    if at is not None and not any(part.marked for part in found):
        found.append(Part("", "plain", marked=True))
    return found


def masked_csv(text: str, at: int | None = None, *, header: bool = False, whole: bool = True) -> list[Part]:
    """A line of CSV; `whole` is whether it was cut nowhere. `at` as in `masked_xml`."""
    names = list(fields.CSV_COLUMNS)
    cells = text.split(";")
    in_place = whole and len(cells) == len(names) and '"' not in text
    found: list[Part] = []
    begins = 0
    for number, cell in enumerate(cells):
        if number:
            found.append(Part(";", "plain"))
        ends = begins + len(cell)
        part = _header_cell(cell) if header else _cell(cell, names[number] if in_place else "")
        found.append(replace(part, marked=at is not None and begins <= at <= ends))
        begins = ends + 1
    if at is not None and not any(part.marked for part in found):
        found.append(Part("", "plain", marked=True))
    return found


def header_fault(text: str) -> int:
    """Where the first wrong name of a header begins; its end when names are missing there."""
    at = 0
    cells = text.split(";")
    for cell, name in zip(cells, fields.CSV_COLUMNS, strict=False):
        if cell.strip() != name:
            return at
        at += len(cell) + 1
    return at if len(cells) > len(fields.CSV_COLUMNS) else len(text) + 1


def _header_cell(cell: str) -> Part:
    known = cell.strip() in fields.CSV_COLUMNS
    return Part(cell.strip(), "name") if known else Part(HIDDEN if cell.strip() else "", "hidden")


def _cell(cell: str, column: str) -> Part:
    safe = _SAFE.get(column)
    if not cell.strip() or (safe and safe.fullmatch(cell.strip())):
        return Part(cell.strip(), "plain")
    # a quotation mark that opens or closes is what a broken row may be about
    opens, closes = '"' * cell.startswith('"'), '"' * (len(cell) > 1 and cell.endswith('"'))
    return Part(f"{opens}{HIDDEN}{closes}", "hidden")


def _xml_parts(text: str, at: int | None) -> Iterator[Part]:
    pending = False
    for match in _TOKEN.finditer(text):
        marked = pending or (at is not None and match.start() <= at < match.end())
        pending = False
        if match["space"]:
            # a blank cannot be seen: what follows it is marked
            pending = marked
            yield Part(match["space"][:8] if not match.start() else " ", "plain")
        elif match["attribute"]:
            yield from (replace(part, marked=marked) for part in _attribute(match))
        elif match["tag"]:
            yield Part(match["tag"], "name", marked)
        else:
            yield Part(match["plain"], "plain", marked) if match["plain"] else Part(HIDDEN, "hidden", marked)


def _attribute(match: re.Match[str]) -> Iterator[Part]:
    yield Part(match["attribute"] + match["equals"].strip(), "name")
    if match["quote"]:
        value = match["value"]
        safe = _SAFE.get(match["attribute"])
        shown = not value or bool(safe and safe.fullmatch(value))
        yield Part(match["quote"], "plain")
        yield Part(value if shown else HIDDEN, "plain" if shown else "hidden")
        yield Part(match["quote"], "plain")


def _merged(parts: Iterator[Part]) -> Iterator[Part]:
    """Hidden words one after another as one: how many there are would tell something too."""
    held: Part | None = None
    space: Part | None = None
    for part in parts:
        if held and part.text.isspace() and not space:
            space = part
        elif held and part.kind == "hidden":
            held, space = replace(held, marked=held.marked or part.marked), None
        else:
            yield from (one for one in (held, space) if one)
            held, space = (part, None) if part.kind == "hidden" else (None, None)
            if not held:
                yield part
    yield from (one for one in (held, space) if one)

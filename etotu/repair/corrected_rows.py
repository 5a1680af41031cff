"""A faulty row with what was typed over it, as a notice to be checked and entered like any other."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from etotu.faults import Flag, FlagCode, RowFault, RowFaultCode
from etotu.loading.originals import Original, unseal
from etotu.models import QuarantineRow
from etotu.parsing import Attachment, Limits, RawNotice, fields, read_values
from etotu.parsing.attachments import attachment_of
from etotu.parsing.csv_batch import holds_a_row, row_values
from etotu.parsing.read import OTHERS
from etotu.parsing.shapes import Values
from etotu.repair.corrections import Corrections

# what stands where the row had a control character
REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
PATHS: Final = [".".join(part for part in place if part) for place in fields.CSV_COLUMNS.values()]
NUMBERED: Final = re.compile(r"liite\.(\d+)(.*)")


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """`values` are the original ones at their places, `notice` what they are with the corrections over them."""

    row: QuarantineRow
    original: Original
    corrections: Corrections
    values: Values
    notice: RawNotice

    @property
    def broken(self) -> bool:
        return "fields" in self.original.values


def corrected_row(row: QuarantineRow, limits: Limits | None = None) -> CorrectedRow:
    """Raises DecryptionError."""
    original = unseal(row.original, row.batch_id, row.position)
    corrections = Corrections.of(row)
    given = values_at_places(original)
    values = overlaid(given, original.dialect, corrections.texts)
    notice = read_values(
        values,
        "csv" if original.dialect == "csv" else "xml",
        position=row.position,
        line=row.line or 0,
        attachments=list(attachments(original, corrections)),
        faults=[*corrections.remaining, *control_characters(values), *swallowed(values, original.dialect)],
        flags=flags_of_form(values),
        limits=limits,
    )
    return CorrectedRow(row, original, corrections, given, notice)


def values_at_places(original: Original) -> Values:
    """Of a row with another number of fields, as many as there are columns: it is for people to put them right.

    Too many come of semicolons in the free text, which is the last: what is over goes there.
    """
    if "fields" not in original.values:
        return original.values
    texts: list[str] = list(original.values["fields"])
    last = len(PATHS) - 1
    head, rest = texts[:last], texts[last:]
    return row_values([*head, *[""] * (last - len(head)), ";".join(rest)])


def overlaid(given: Values, dialect: str, texts: dict[str, str]) -> Values:
    if dialect == "csv":
        return row_values([texts.get(path, text_at(given, path)) for path in PATHS])
    values = copy.deepcopy(given)
    for path, text in texts.items():
        if not path.startswith(f"{fields.ATTACHMENT}."):
            put(values, path.split("."), text)
    return values


def put(values: dict[str, Any], path: list[str], text: str) -> None:
    """Sets the text at its place, making the block around it; an empty text takes the value away."""
    group: Any = values
    for part, following in pairwise(path):
        if part.isdigit():
            number = int(part)
            group.extend({} for _ in range(number - len(group)))
            group = group[number - 1]
        else:
            group = group.setdefault(part, [] if following.isdigit() else {})
    if text:
        group[path[-1]] = text
    else:
        group.pop(path[-1], None)


def text_at(values: Values, path: str) -> str:
    """The text of a field; empty where there is none."""
    found: Any = values
    for part in path.split("."):
        if part.isdigit() and isinstance(found, list):
            found = found[int(part) - 1] if 0 < int(part) <= len(found) else None
        elif isinstance(found, dict):
            found = found.get(part)
        else:
            return ""
    return found if isinstance(found, str) else ""


def attachments(original: Original, corrections: Corrections) -> Iterator[Attachment]:
    for number, (name, mime, data) in enumerate(original.attachments, 1):
        path = f"{fields.ATTACHMENT}.{number}"
        if path not in corrections.left_out:
            yield attachment_of(
                corrections.texts.get(f"{path}.nimi", name),
                corrections.texts.get(f"{path}.mime", mime),
                data,
                corrections.spoiled(path),
            )


def as_received(faults: list[RowFault], corrections: Corrections, count: int) -> list[RowFault]:
    """The numbers of attachments in the faults are those of the row as it came, also when some are left out."""
    kept = [n for n in range(1, count + 1) if f"{fields.ATTACHMENT}.{n}" not in corrections.left_out]
    if len(kept) == count:
        return faults
    found = []
    for fault in faults:
        match = NUMBERED.fullmatch(fault.field)
        field = f"{fields.ATTACHMENT}.{kept[int(match[1]) - 1]}{match[2]}" if match else fault.field
        found.append(RowFault(field, fault.code, fault.params))
    return found


def control_characters(values: Values) -> Iterator[RowFault]:
    """A fault at each field that still shows that the row had a control character."""
    for path, text in leaves(values):
        if REPLACED in text:
            yield RowFault(path, RowFaultCode.CONTROL_CHARACTER)


def swallowed(values: Values, dialect: str) -> Iterator[RowFault]:
    """A fault at each field of a CSV row that still holds another row: nobody can take that as it is."""
    for path, text in leaves(values) if dialect == "csv" else ():
        if holds_a_row(text):
            yield RowFault(path, RowFaultCode.QUOTES)


def flags_of_form(values: Values) -> list[Flag]:
    """Of the unknown parts that came with the row; they are kept among its values."""
    paths = [*values.get(OTHERS, {}), *values.get(fields.PERSON, {}).get(OTHERS, {})]
    return [Flag(p, FlagCode.UNKNOWN_ATTRIBUTE if "@" in p else FlagCode.UNKNOWN_ELEMENT) for p in paths]


def leaves(values: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, text) of every known field that has a text."""
    if isinstance(values, str):
        yield path, values
    elif isinstance(values, list):
        for number, one in enumerate(values, 1):
            yield from leaves(one, f"{path}.{number}")
    elif isinstance(values, dict):
        for name, one in values.items():
            if name != OTHERS:
                yield from leaves(one, f"{path}.{name}" if path else name)

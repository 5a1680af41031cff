"""A version typed by hand. Kela counts the versions: one set too high would make Kela's next ones out of date."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from etotu.faults import RowFault, RowFaultCode
from etotu.repair.corrected_rows import CorrectedRow, text_at

VERSION: Final = "versio"
COUNTED: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
# of a text that is no number, such as "v2": more digits are a day or a mistake
WITHIN: Final = re.compile(r"(?<![0-9])[0-9]{1,3}(?![0-9])", re.ASCII)
UNSAID: Final = 1
"""The version of a notice that says none, see the exchange format."""


class TypedVersion(NamedTuple):
    """`came`: what Kela's text said; `sure`: it was a number, or nothing, so it needs no guessing."""

    version: int
    came: int
    sure: bool


def typed_version(it: CorrectedRow) -> TypedVersion | None:
    """None where nobody typed over the version, or what was typed is no version either."""
    if VERSION not in it.corrections.texts or it.notice.versio is None:
        return None
    text = text_at(it.values, VERSION).strip()
    if not text:
        return TypedVersion(it.notice.versio, UNSAID, sure=True)
    if COUNTED.fullmatch(text) and int(text) >= UNSAID:
        return TypedVersion(it.notice.versio, int(text), sure=True)
    found = WITHIN.search(text)
    return TypedVersion(it.notice.versio, int(found[0]) if found else 0, sure=False)


def version_faults(typed: TypedVersion | None, stored: int) -> Iterator[RowFault]:
    """`stored`: the version that is in force here, 0 when there is none.

    What was typed is at most what came; where no version can be read in it, the one after the stored. And it is later
    than the stored: as an old version the row would be closed, and what it says lost.
    """
    if typed is None:
        return
    limit = typed.came if typed.sure else max(typed.came, stored + 1)
    if typed.version > limit:
        yield RowFault(VERSION, RowFaultCode.VERSION_RAISED, {"limit": limit})
    elif typed.version <= stored:
        yield RowFault(VERSION, RowFaultCode.VERSION_STORED, {"version": stored})

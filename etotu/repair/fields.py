"""The fields of a faulty row that may be corrected, in the order of the format."""

from collections.abc import Iterator
from typing import Final

from etotu.parsing import KINDS, fields
from etotu.parsing.limits import LONGEST_TEXT
from etotu.repair.corrected_rows import PATHS, CorrectedRow

NOTICE: Final = ("tunnus", "versio", "tyyppi", "kunta", "kiireellinen", "luotu")
IN_BLOCKS: Final = {
    fields.APPLICATION: ("saapunut", "paatospvm", "kausiAlkaa", "kausiPaattyy"),
    fields.REDUCTION: ("alennusProsentti", "alkaa", "paattyy", "peruste"),
    fields.NEED: ("syy", "toivooKeskustelua", "keskustelupyyntoPvm"),
    fields.UNEMPLOYMENT: ("kuukausia",),
}


def editable_paths(it: CorrectedRow) -> list[str]:
    """Of the notice, the person, the blocks that are there or that the type carries, and the names of attachments."""
    if it.original.dialect == "csv":
        return PATHS
    return [*NOTICE, *(f"{fields.PERSON}.{name}" for name in fields.PERSON_ELEMENTS), *_of_blocks(it), fields.NOTE,
            *_of_attachments(it)]  # fmt: skip


def _of_blocks(it: CorrectedRow) -> Iterator[str]:
    carried = KINDS.get(it.notice.content.kind)
    for block, names in IN_BLOCKS.items():
        if block != carried and block not in it.notice.values:
            continue
        yield from (f"{block}.{name}" for name in names)
        if block == fields.APPLICATION:
            for number, _ in enumerate(it.notice.values.get(block, {}).get(fields.EXPENSE, ()), 1):
                yield from (f"{block}.{fields.EXPENSE}.{number}.{name}" for name in ("laji", "euroa"))


def _of_attachments(it: CorrectedRow) -> Iterator[str]:
    for number in range(1, len(it.original.attachments) + 1):
        yield from (f"{fields.ATTACHMENT}.{number}.{name}" for name in ("nimi", "mime"))


def allowed_paths(it: CorrectedRow) -> frozenset[str]:
    return frozenset(editable_paths(it)) | {
        f"{block}.{name}" for block, names in IN_BLOCKS.items() for name in names if it.original.dialect != "csv"
    }


def clean_text(path: str, text: str) -> str:
    """As a field may hold it: no control characters but the ends of lines in the free text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c.isprintable() or c.isspace() or c == "\N{REPLACEMENT CHARACTER}")
    kept = kept if path == fields.NOTE else " ".join(kept.split())
    return kept.strip()[:LONGEST_TEXT]

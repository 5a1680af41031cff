"""Rows of notices, parsed and checked, in the tables where the database handles them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from core.copy_text import CopyText
from core.copying import copying
from etotu.codes.lists import CodeLists
from etotu.codes.stored import municipality_codes, stored_code_lists
from etotu.loading.rows import Row, RowMaker
from etotu.loading.tables import ATTACHMENT, STAGED, analyse_staged_tables, make_staged_tables
from etotu.models import Batch
from etotu.parsing import RawNotice
from etotu.trust import Places

# in what is read at once, and in what is entered at once: a few notices with large files fill it
PORTION_BYTES = 2 * 1024 * 1024
CHUNK_BYTES = 16 * 1024 * 1024
ROWS_AT_ONCE = 250


@dataclass
class Chunk:
    """Rows ready to be sent; files, which may be large, as they are. `size` is about what both need, in bytes."""

    rows: CopyText = field(default_factory=CopyText)
    files: list[Row] = field(default_factory=list)
    size: int = 0

    @property
    def count(self) -> int:
        return self.rows.rows

    def join(self, other: "Chunk") -> None:
        self.rows.join(other.rows)
        self.files += other.files
        self.size += other.size

    def add(self, maker: RowMaker, raw: RawNotice) -> None:
        self.size += self.rows.add(maker.row(raw))
        if raw.content.attachments:
            files = maker.files(raw)
            self.files += files
            self.size += sum(len(file[-1]) for file in files)


Lists = tuple[CodeLists, frozenset[str], Places]


def stored_lists(places: Places = None) -> Lists:
    """What the checks compare with."""
    return stored_code_lists(), municipality_codes(), places


def take(notices: Iterator[RawNotice], maker: RowMaker, most: int) -> Chunk:
    """The next `most` notices, fewer when they are large; empty at the end."""
    chunk = Chunk()
    for raw in islice(notices, most):
        chunk.add(maker, raw)
        if chunk.size >= PORTION_BYTES:
            break
    return chunk


def stage(chunk: Chunk) -> None:
    """In place of what was staged before."""
    make_staged_tables()
    copy_chunk(chunk)
    analyse_staged_tables()


def stage_notices(batch: Batch, notices: Iterable[RawNotice]) -> None:
    """All of the notices at once: few enough that they may be handled together."""
    make_staged_tables()
    maker, left = RowMaker(batch, batch.sender, *stored_lists()), iter(notices)
    while (chunk := take(left, maker, ROWS_AT_ONCE)).count:
        copy_chunk(chunk)
    analyse_staged_tables()


def copy_chunk(chunk: Chunk) -> None:
    with copying(_copy("etotu_staged", STAGED)) as copy:
        for block in chunk.rows.blocks():
            copy.write(block)
    if chunk.files:
        with copying(_copy("etotu_staged_file", ATTACHMENT)) as copy:
            for row in chunk.files:
                copy.write_row(row)


def _copy(table: str, columns: Iterable[str]) -> str:
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN"

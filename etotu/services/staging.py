"""From the bytes of a batch to rows of `etotu_staged`: parsed and checked one by one, copied in chunks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from etotu.models import Batch
from etotu.parsing import Envelope, Limits, RawNotice, open_batch
from etotu.services.lists import municipality_codes, stored_code_lists
from etotu.services.pieces import stored_pieces
from etotu.services.progress import Progress
from etotu.services.staged_rows import Row, RowMaker
from etotu.services.staged_tables import STAGED, TABLES, index_staged_tables, make_staged_tables

CHUNK_ROWS = 2000
CHUNK_BYTES = 16 * 1024 * 1024
ORIGINAL = list(STAGED).index("original")


@dataclass
class _Chunk:
    rows: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)
    # of what may be large: originals and files
    size: int = 0

    def add(self, maker: RowMaker, raw: RawNotice) -> None:
        row = maker.row(raw)
        self.rows.append(row)
        self.size += len(row[ORIGINAL] or b"")
        if raw.content.attachments:
            files = maker.files(raw)
            self.files += files
            self.size += sum(len(file[-1]) for file in files)

    @property
    def full(self) -> bool:
        return len(self.rows) >= CHUNK_ROWS or self.size >= CHUNK_BYTES


def stage(batch: Batch, progress: Progress, limits: Limits | None = None) -> tuple[Envelope, int]:
    """Fill the tables; gives the envelope, which is set on the batch too, and the number of rows.

    Raises FileFault: then nothing of the file counts.
    """
    parsed = open_batch(stored_pieces(batch.pk), file_name=batch.file_name, sender=batch.given_sender, limits=limits)
    envelope = parsed.envelope
    batch.sender, batch.batch_code = envelope.sender, envelope.batch_code
    batch.declared_count = progress.declared = envelope.declared_count
    make_staged_tables()
    maker = RowMaker(batch, envelope.sender, stored_code_lists(), municipality_codes())
    received = _copy_all(parsed, maker, progress)
    index_staged_tables()
    return envelope, received


def stage_notices(batch: Batch, notices: Iterable[RawNotice]) -> None:
    """As `stage`, of notices at hand instead of those of the batch's file."""
    make_staged_tables()
    _copy_all(notices, RowMaker(batch, batch.sender, stored_code_lists(), municipality_codes()), Progress(batch.pk))
    index_staged_tables()


def _copy_all(notices: Iterable[RawNotice], maker: RowMaker, progress: Progress) -> int:
    chunk = _Chunk()
    received = 0
    for raw in notices:
        chunk.add(maker, raw)
        received += 1
        if chunk.full:
            _copy(chunk)
            chunk = _Chunk()
            progress.read(received)
    _copy(chunk)
    return received


def _copy(chunk: _Chunk) -> None:
    for name, rows in (("etotu_staged", chunk.rows), ("etotu_staged_file", chunk.files)):
        _copy_rows(name, rows)


def _copy_rows(table: str, rows: Sequence[Row]) -> None:
    if not rows:
        return
    columns = TABLES[table]
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)

"""The place at which a rejected file is broken, read from its stored bytes: a few of them, whatever its size."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from core.encryption import DecryptionError
from etotu.loading.pieces import PIECE, stored_pieces, stored_range
from etotu.models import Batch, BatchPiece
from etotu.parsing.batch import looks_like_xml
from etotu.parsing.excerpt import AFTER_BYTES, BEFORE_BYTES, Around, Excerpt, encoding_of, excerpt

HEAD_BYTES = 1024
# a line whose place in bytes is not known is looked for in so many pieces
FAR_PIECES = 64


class WhyNot(StrEnum):
    """Why no lines of the file can be shown."""

    NO_PLACE = "no_place"
    DESTROYED = "destroyed"
    FAR = "far"
    BINARY = "binary"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Place:
    """The lines, or why there are none."""

    excerpt: Excerpt | None
    why_not: WhyNot | None = None


def place_of(batch: Batch) -> Place:
    fault = batch.fault or {}
    if not fault.get("line"):
        return Place(None, WhyNot.NO_PLACE)
    if not BatchPiece.objects.filter(batch=batch, number=0).exists():
        return Place(None, WhyNot.DESTROYED)
    try:
        return _read_place(batch, fault["line"], fault["column"], fault.get("offset"))
    except DecryptionError:
        return Place(None, WhyNot.UNREADABLE)


def _read_place(batch: Batch, line: int, column: int, offset: int | None) -> Place:
    head = stored_range(batch.pk, 0, HEAD_BYTES)
    xml = looks_like_xml(head, batch.file_name)
    encoding = encoding_of(head, xml=xml)
    if not xml and encoding == "utf-8" and not _is_utf8(stored_range(batch.pk, 0, PIECE)):
        encoding = "cp1252"
    at = _start_of_line(batch.pk, line) if offset is None else offset
    if at is None:
        return Place(None, WhyNot.FAR)
    starts = max(0, at - BEFORE_BYTES)
    around = Around(
        starts,
        stored_range(batch.pk, starts, at),
        stored_range(batch.pk, at, at + AFTER_BYTES),
        goes_on=batch.size > at + AFTER_BYTES,
    )
    found = excerpt(around, line, column if offset is None else None, xml=xml, encoding=encoding)
    return Place(found) if found else Place(None, WhyNot.BINARY)


def _start_of_line(batch_id: int, line: int) -> int | None:
    """The byte at which a line begins; None when that is too far to look for."""
    left, before = line - 1, 0
    for piece in islice(stored_pieces(batch_id), FAR_PIECES):
        here = piece.count(b"\n")
        if here >= left:
            return before + _after_line_feeds(piece, left)
        left -= here
        before += len(piece)
    return None


def _after_line_feeds(piece: bytes, count: int) -> int:
    at = 0
    for _ in range(count):
        at = piece.index(b"\n", at) + 1
    return at


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # a character that is cut at the end of the piece is no wonder
        return error.start > len(data) - 4
    return True

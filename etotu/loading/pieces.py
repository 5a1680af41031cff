"""The file as received: kept in encrypted pieces of 1 MiB, written and read one at a time."""

import hashlib
from collections.abc import Iterator
from typing import IO

from django.db import connection

from core.encryption import decrypt, encrypt

PIECE = 1024 * 1024


class OverLimitError(Exception):
    """The stream holds more than the limit."""


def piece_context(batch_id: int, number: int) -> bytes:
    return b"etotu.piece:%d:%d" % (batch_id, number)


def read_in_pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Whole pieces, however little the stream gives at a time."""
    held = bytearray()
    while data := stream.read(PIECE - len(held)):
        held += data
        if len(held) == PIECE:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def store_pieces(batch_id: int, stream: IO[bytes], limit: int) -> tuple[int, bytes]:
    """Store the bytes; gives their number and SHA-256. Raises OverLimitError before the piece that is too much."""
    digest = hashlib.sha256()
    size = 0
    with connection.cursor() as cursor:
        for number, piece in enumerate(read_in_pieces(stream)):
            size += len(piece)
            if size > limit:
                raise OverLimitError
            digest.update(piece)
            cursor.execute(
                "INSERT INTO etotu_batchpiece (batch_id, number, data) VALUES (%s, %s, %s)",
                [batch_id, number, encrypt(piece, piece_context(batch_id, number))],
            )
    return size, digest.digest()


def stored_range(batch_id: int, start: int, end: int) -> bytes:
    """The bytes from `start` to before `end`, as far as they are stored."""
    first = start // PIECE
    read: list[bytes] = []
    for number, piece in enumerate(stored_pieces(batch_id, first), first):
        read.append(piece)
        if (number + 1) * PIECE >= end:
            break
    return b"".join(read)[start - first * PIECE : end - first * PIECE]


def stored_pieces(batch_id: int, number: int = 0) -> Iterator[bytes]:
    """From the piece with this number on."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM etotu_batchpiece WHERE batch_id = %s AND number = %s", [batch_id, number])
            row = cursor.fetchone()
        if row is None:
            return
        yield decrypt(row[0], piece_context(batch_id, number))
        number += 1

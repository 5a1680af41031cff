"""Reads the file of a batch in a thread of its own, one chunk ahead of the database.

The database works on one chunk while the next one is parsed, checked and encrypted: a load takes as long as the longer
of the two, not as both. The thread never touches the database: it is given the file's pieces.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

from etotu.models import Batch
from etotu.parsing import Limits, RawNotice, open_batch
from etotu.services.pieces import stored_pieces
from etotu.services.staged_rows import RowMaker
from etotu.services.staging import Chunk, row_maker, take

# Nothing is entered while the first chunk is read, and nothing is read while the last one is entered: it begins small.
FIRST_ROWS = 500
MOST_ROWS = 4000
# of 1 MiB: what a chunk may need
PIECES_AHEAD = 8
# seconds after which a thread that needs more than that is given more
FEED_EVERY = 0.01
# Seconds that the thread computes before the session, which has been answered, may send its next statement. At the
# usual 5 ms those few dozen of a chunk would wait for as long as they take.
TURN = 0.0005

T = TypeVar("T")


class Pieces:
    """The file's pieces on their way from the session's thread, which alone may read them, to the other one."""

    def __init__(self, left: Iterator[bytes]) -> None:
        self._left = left
        self._given: SimpleQueue[bytes | None] = SimpleQueue()
        self._over = False

    def give(self) -> None:
        """As many as may be waiting."""
        while not self._over and self._given.qsize() < PIECES_AHEAD:
            piece = next(self._left, None)
            self._given.put(piece)
            self._over = piece is None

    def end(self) -> None:
        """Nobody waits for more, whatever is left."""
        self._over = True
        self._given.put(None)

    def __iter__(self) -> Iterator[bytes]:
        while (piece := self._given.get()) is not None:
            yield piece


class Reading:
    """`envelope` is known from the start; `chunks` may be iterated over once. Raises FileFault."""

    def __init__(self, batch: Batch, limits: Limits | None, pieces: Pieces, reader: ThreadPoolExecutor) -> None:
        self._pieces = pieces
        self._reader = reader
        name, sender = batch.file_name, batch.given_sender
        opening = self._ask(lambda: open_batch(pieces, file_name=name, sender=sender, limits=limits))
        self._file = self._answer(opening)
        self.envelope = self._file.envelope
        self._maker: RowMaker = row_maker(batch, self.envelope.sender)

    def chunks(self) -> Iterator[Chunk]:
        notices: Iterator[RawNotice] = iter(self._file)
        most = FIRST_ROWS
        coming = self._ask(partial(take, notices, self._maker, most))
        while (chunk := self._answer(coming)).count:
            most = min(2 * most, MOST_ROWS)
            coming = self._ask(partial(take, notices, self._maker, most))
            yield chunk

    def _ask(self, work: Callable[[], T]) -> "Future[T]":
        self._pieces.give()
        return self._reader.submit(work)

    def _answer(self, work: "Future[T]") -> T:
        while wait([work], FEED_EVERY).not_done:
            self._pieces.give()
        return work.result()


@contextmanager
def reading(batch: Batch, limits: Limits | None = None) -> Iterator[Reading]:
    pieces = Pieces(stored_pieces(batch.pk))
    usual = sys.getswitchinterval()
    with ThreadPoolExecutor(1, thread_name_prefix="reading") as reader:
        try:
            sys.setswitchinterval(TURN)
            yield Reading(batch, limits, pieces, reader)
        finally:
            sys.setswitchinterval(usual)
            pieces.end()

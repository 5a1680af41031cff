"""Reads the file of a batch in a process of its own, ahead of the database.

The database works on some rows while the next ones are parsed, checked and encrypted: a load takes as long as the
longer of the two, not as both. The process never touches the database: it is given the file's pieces.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any

from core.beside import beside
from etotu.faults import FileFault
from etotu.loading.pieces import stored_pieces
from etotu.loading.rows import RowMaker
from etotu.loading.staging import CHUNK_BYTES, ROWS_AT_ONCE, Chunk, Lists, stored_lists, take
from etotu.models import Batch
from etotu.parsing import Envelope, Limits, open_batch
from etotu.trust import Places

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Rows are read in portions and entered in chunks of this size, both fewer when they are large (`staging`). Where a
# chunk ends depends on the file alone. The statements of a chunk take as long as a hundred rows.
CHUNK_ROWS = 2000
PORTIONS_AHEAD = 16
# of 1 MiB: what these may need
PIECES_AHEAD = 8
# seconds after which a process that needs more than that is given more
FEED_EVERY = 0.01


class ReadingFailedError(Exception):
    """Something unexpected, told by its kind only, because its text may hold a person's data."""


class Pieces:
    """The file's pieces on their way from the session's thread, which alone may read them, to the one that gives them.

    To give them may take until the process has read what it has.
    """

    def __init__(self, left: Iterator[bytes]) -> None:
        self._left = left
        self._waiting: SimpleQueue[bytes | None] = SimpleQueue()
        self._over = False

    def give(self) -> None:
        """As many as may be waiting."""
        while not self._over and self._waiting.qsize() < PIECES_AHEAD:
            piece = next(self._left, None)
            self._waiting.put(piece)
            self._over = piece is None

    def end(self) -> None:
        """Nobody waits for more, whatever is left."""
        self._over = True
        self._waiting.put(None)

    def send(self, given: "Connection[Any, Any]") -> None:
        """All of them, then an empty one. A process that has ended takes none."""
        with suppress(OSError):
            while (piece := self._waiting.get()) is not None:
                given.send_bytes(piece)
            given.send_bytes(b"")


class Answers:
    """What the process sends, taken from it as soon as it has it: it goes on while the session is at work."""

    def __init__(self) -> None:
        self._waiting: deque[Any] = deque()
        self._changed = Condition()
        self._over = False

    def take(self, answers: "Connection[Any, Any]") -> None:
        """All of them; then that there are no more."""
        answer: Any = None
        while not self._over and not isinstance(answer, Exception):
            try:
                answer = answers.recv()
            except (EOFError, OSError):
                answer = ReadingFailedError("the process that reads has ended")
            except Exception as error:
                answer = ReadingFailedError(type(error).__name__)
            with self._changed:
                self._changed.wait_for(self._has_room)
                self._waiting.append(answer)
                self._changed.notify_all()

    def get(self, seconds: float = 0) -> Any:
        """None: there is none yet. Raises what the process has sent as an exception."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._waiting, seconds):
                return None
            answer = self._waiting.popleft()
            self._changed.notify_all()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """Nobody wants more, whatever is left."""
        with self._changed:
            self._over = True
            self._changed.notify_all()

    def _has_room(self) -> bool:
        size = sum(one.size for one in self._waiting if isinstance(one, Chunk))
        return self._over or (len(self._waiting) < PORTIONS_AHEAD and size < CHUNK_BYTES)


class Reading:
    """`envelope` is known from the start; `chunks` may be iterated over once. Raises FileFault."""

    def __init__(self, pieces: Pieces, answers: Answers) -> None:
        self._pieces = pieces
        self._answers = answers
        self.envelope: Envelope = self._next()

    def chunks(self) -> Iterator[Chunk]:
        chunk: Chunk = self._next()
        while chunk.count:
            more: Chunk | None = None
            while chunk.count < CHUNK_ROWS and chunk.size < CHUNK_BYTES:
                more = self._next()
                if not more.count:
                    break
                chunk.join(more)
                more = None
            yield chunk
            chunk = more or self._next()

    def _next(self) -> Any:
        self._pieces.give()
        while (answer := self._answers.get(FEED_EVERY)) is None:
            self._pieces.give()
        return answer


@contextmanager
def reading(batch: Batch, limits: Limits | None = None, places: Places = None) -> Iterator[Reading]:
    """`places` are those of which the batch may hold rows."""
    lists = stored_lists(places)
    pieces, found = Pieces(stored_pieces(batch.pk)), Answers()

    def read(given: "Connection[Any, Any]", answers: "Connection[Any, Any]") -> None:
        try:
            for answer in answers_to(batch, limits, lists, iter(given.recv_bytes, b"")):
                answers.send(answer)
        except FileFault as fault:
            answers.send(fault)
        except Exception as error:
            answers.send(ReadingFailedError(type(error).__name__))

    with beside(read) as process:
        threads = (
            Thread(target=pieces.send, args=[process.given], name="reading: gives", daemon=True),
            Thread(target=found.take, args=[process.answers], name="reading: takes", daemon=True),
        )
        for thread in threads:
            thread.start()
        try:
            yield Reading(pieces, found)
        finally:
            process.end()
            pieces.end()
            found.end()
            for thread in threads:
                thread.join()


def answers_to(
    batch: Batch, limits: Limits | None, lists: Lists, pieces: Iterator[bytes]
) -> Iterator[Envelope | Chunk]:
    """The envelope, the chunks, and an empty chunk. Raises FileFault."""
    file = open_batch(pieces, file_name=batch.file_name, sender=batch.given_sender, limits=limits)
    yield file.envelope
    maker = RowMaker(batch, file.envelope.sender, *lists)
    notices = iter(file)
    while (chunk := take(notices, maker, ROWS_AT_ONCE)).count:
        yield chunk
    yield chunk

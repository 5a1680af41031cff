"""What the process that reads has sent waits for the session, but not without bounds."""

import time
from threading import Thread

import pytest

from etotu.loading.reading import PORTIONS_AHEAD, Answers, ReadingFailedError
from etotu.loading.staging import CHUNK_BYTES, Chunk


class Endless:
    """In place of the other process: it always has one more portion."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.taken = 0

    def recv(self) -> Chunk:
        self.taken += 1
        return Chunk(size=self.size)

    def settled(self) -> int:
        """How many were taken when no more are."""
        before = -1
        while before != self.taken:
            before = self.taken
            time.sleep(0.1)
        return before


@pytest.mark.parametrize(
    ("size", "ahead"), [(0, PORTIONS_AHEAD), (CHUNK_BYTES // 2, 2), (CHUNK_BYTES - 1, 2), (2 * CHUNK_BYTES, 1)]
)
def test_few_large_portions_are_taken_ahead_and_more_small_ones(size: int, ahead: int) -> None:
    process, answers = Endless(size), Answers()
    thread = Thread(target=answers.take, args=[process], daemon=True)
    thread.start()
    assert process.settled() == ahead + 1, "those that wait, and one in the hand"
    for _ in range(3):
        assert answers.get(1).size == size
    assert process.settled() == ahead + 4
    answers.end()
    thread.join(5)
    assert not thread.is_alive()


def test_nothing_yet_is_none() -> None:
    assert Answers().get() is None


def test_that_nothing_can_be_taken_any_more_is_told() -> None:
    class Broken:
        def recv(self) -> Chunk:
            raise MemoryError

    answers = Answers()
    answers.take(Broken())  # type: ignore[arg-type]
    with pytest.raises(ReadingFailedError, match="MemoryError"):
        answers.get()

"""Work that another process does beside this one, on a processor of its own.

A thread would share the interpreter with the session that waits for the database: each of its answers would stand in
line behind the computing. The process is a fork, so that it begins at once and knows all that was read so far.
"""

import gc
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, Final, NoReturn

STANDARD: Final = (0, 1, 2)
SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGHUP)
Work = Callable[["Connection[Any, Any]", "Connection[Any, Any]"], None]


@dataclass
class Beside:
    """`given` takes what the work is to get, `answers` has what it sends; OSError and EOFError: it has ended."""

    given: "Connection[Any, Any]"
    answers: "Connection[Any, Any]"
    process: int
    running: bool = True

    def end(self) -> None:
        """Whatever it is at. Until the block ends, those who give it something are told that it takes no more."""
        if self.running:
            self.running = False
            # where nobody waits for children, one that has ended is gone
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)


@contextmanager
def beside(work: Work) -> Iterator[Beside]:
    """`work(given, answers)` runs until the block ends, whatever it is at then.

    It has none of this process's open files and connections, and must not use what stands on them. Nothing is told of
    its errors but that it has ended: it sends what is to be known.
    """
    its_given, given = Pipe(duplex=False)
    answers, its_answers = Pipe(duplex=False)
    # A signal in between would run this process's handlers, and leave its blocks, in both. In the other one they stay
    # held back: what a signal to all of them means is decided by whoever waits for it, and it ends with its pipes.
    held = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        process = os.fork()
        if not process:
            _run(work, its_given, its_answers)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
    its_given.close()
    its_answers.close()
    other = Beside(given, answers, process)
    try:
        yield other
    finally:
        other.end()
        given.close()
        answers.close()


def _run(work: Work, given: "Connection[Any, Any]", answers: "Connection[Any, Any]") -> NoReturn:
    # nothing of what this process was may run here: no handler, no finalizer, no clean-up at the end
    try:
        gc.freeze()
        _close_all_but(given.fileno(), answers.fileno())
        work(given, answers)
    finally:
        os._exit(0)


def _close_all_but(*kept: int) -> None:
    """A session of the database, say, would stay open for as long as this process, though the other one is gone."""
    low = len(STANDARD)
    for one in sorted(kept):
        os.closerange(low, one)
        low = one + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))

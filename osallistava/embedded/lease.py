"""Who uses the servers. Every user holds a shared lock; the last one to leave stops the servers.

A killed process loses its lock with its life, so servers that it left running are stopped by the next user.
"""

import fcntl
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from . import postgres, valkey
from .keys import keys_of
from .locks import locked, open_lock
from .place import Place

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def lease(place: Place, *, durable: bool) -> Iterator[None]:
    with _signals_end_the_block(), open_lock(place.root / "users.lock") as users:
        try:
            with locked(place.root / "start.lock"):
                fcntl.flock(users, fcntl.LOCK_SH)
                postgres.ensure_running(place, keys_of(place), durable=durable)
                valkey.ensure_running(place)
            yield
        finally:
            with _undisturbed(), locked(place.root / "start.lock"):
                if _is_last(users.fileno()):
                    valkey.stop(place)
                    postgres.stop(place)


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _signals_end_the_block() -> Iterator[None]:
    """SIGTERM and SIGHUP unwind the stack as Ctrl-C does, instead of leaving servers behind."""

    def leave(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    with _handlers(ENDING_SIGNALS, leave):
        yield


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not interrupt the stopping."""
    with _handlers((signal.SIGINT, *ENDING_SIGNALS), signal.SIG_IGN):
        yield


@contextmanager
def _handlers(numbers: tuple[signal.Signals, ...], handler: "signal._HANDLER") -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)

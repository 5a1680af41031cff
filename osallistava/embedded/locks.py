import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from .errors import CannotStart


def open_lock(path: Path) -> TextIO:
    try:
        file = path.open("a")
    except PermissionError as error:
        raise CannotStart(
            f"{path} belongs to somebody else. Start as the user who made it, or set DATA_DIR to a folder of your own."
        ) from error
    path.chmod(0o600)
    return file


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for and hold the lock: one process at a time starts or stops servers."""
    with open_lock(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

"""Advisory locks of PostgreSQL: who loads a batch, who applies, who reads the folder."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

LOADING = 0x6574_0001
APPLYING = 0x6574_0002
INBOX = 0x6574_0003
MISSING = 0x6574_0004
TELLING = 0x6574_0005
CHECKING = 0x6574_0006


@contextmanager
def session_lock(kind: int, number: int = 0, *, wait: bool = False) -> Iterator[bool]:
    """Hold the lock for the length of the block; gives False at once when somebody else holds it, unless `wait`.

    It belongs to the database session: when the process dies, it is free.
    """
    number %= 2**31
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [kind, number])
            held = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, number])
            held = bool((cursor.fetchone() or (False,))[0])
    try:
        yield held
    finally:
        if held:
            _release(kind, number)


def _release(kind: int, number: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])
    except DatabaseError:
        # the session is lost, and the lock with it
        connection.close()


def apply_alone() -> None:
    """Wait until no other transaction applies a batch; until the end of this one, none does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [APPLYING])

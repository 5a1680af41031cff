"""Sending rows to PostgreSQL with COPY."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from psycopg import Copy


@contextmanager
def copying(statement: str) -> Iterator[Copy]:
    """What `COPY ... FROM STDIN` is given rows through. Its errors are Django's, as those of any other statement.

    A cursor of Django hands out the driver's COPY as it is, and the driver's errors with it: a session that the
    database ended in the middle of one was taken for a failure of the program.
    """
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        yield copy

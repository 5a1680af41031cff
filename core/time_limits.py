"""How long a statement of a page may take, and how long it may wait for somebody else's lock.

A page that hangs keeps a thread, a connection and the locks that it has, and everybody behind it waits too. The limits
are parameters of the connections of the web process: they hold for all that a request asks, the session too, and cost
no statement. The worker, commands and migrations have none: a large load is one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections


def limit_statements() -> None:
    """Of every connection that this process opens from now on. For the entry point of the web."""
    limits = {
        "statement_timeout": settings.DATABASE_STATEMENT_TIMEOUT,
        "lock_timeout": settings.DATABASE_LOCK_TIMEOUT,
    }
    asked = [f"-c {name}={seconds}s" for name, seconds in limits.items() if seconds]
    options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
    given = options.get("options")
    if asked:
        options["options"] = " ".join([*([given] if given else []), *asked])


def allow_statements(seconds: int) -> None:
    """To the end of the transaction, for a page that has to count much at once. Where there is no limit, none comes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, %s, true) FROM pg_settings "
            "WHERE name = 'statement_timeout' AND setting::int BETWEEN 1 AND %s",
            [f"{seconds}s", seconds * 1000],
        )


@contextmanager
def patient(seconds: int) -> Iterator[None]:
    """For the one lock that is worth a longer wait, inside a transaction. The wait makes no slow statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{seconds}s'; SET LOCAL statement_timeout = 0")
        yield
        cursor.execute("SET LOCAL lock_timeout = DEFAULT; SET LOCAL statement_timeout = DEFAULT")

"""Called once by the entry point of each process before it serves."""

import logging
import sys
import time
from collections.abc import Iterator

from django.db import DatabaseError, InterfaceError, OperationalError, connections

from core.safe_start import around, database_role, fences, keys, schema
from core.safe_start.finding import Finding, Process

log = logging.getLogger(__name__)
# gunicorn starts a process that ends with this one not again, but says that it failed to boot, and ends
REFUSED = 3
ASK_AGAIN_SECONDS = 5


class DatabaseSilentError(Exception):
    """Nothing can be said of the database: it does not answer."""


def of_database() -> Iterator[Finding]:
    """Raises DatabaseSilentError. Of a database with other tables nothing more is asked."""
    try:
        other_tables = [*schema.findings()]
        yield from other_tables
        role = [*database_role.findings()]
        yield from role
        if not other_tables and not role:
            yield from fences.findings()
        if not other_tables:
            yield from keys.findings()
    except (OperationalError, InterfaceError) as error:
        raise DatabaseSilentError(str(error).strip().split("\n")[0]) from error


def stopping(process: Process) -> list[Finding]:
    """What this process must not serve with; a key that is new is recorded when there is nothing.

    Raises DatabaseSilentError.
    """
    found = [one for one in (*around.findings(), *of_database()) if process in one.stops]
    if not found:
        try:
            keys.record()
        except (OperationalError, InterfaceError) as error:
            raise DatabaseSilentError(str(error)) from error
    return found


def refuse_unsafe_start(process: Process) -> None:
    """Ends the process with words, or returns. A database that does not answer is waited for, except by the web.

    Raises DatabaseSilentError, for the web.
    """
    try:
        found = _when_it_answers(process)
    finally:
        # a process that is forked now must not share the session
        connections.close_all()
    if found:
        sys.stderr.write("".join(f"Osallistava does not start. {one.words}\n" for one in found))
        sys.stderr.flush()
        raise SystemExit(REFUSED)
    for one in (*around.findings(), *around.servers(), *around.owner_in_service()):
        log.warning("%s", one.words)


def _when_it_answers(process: Process) -> list[Finding]:
    while True:
        try:
            return stopping(process)
        except DatabaseSilentError as error:
            if process == "web":
                raise
            log.warning("the database does not answer, asking again: %s", error)
        except DatabaseError as error:
            return [Finding("database", f"The database of DATABASE_URL refuses to be looked over: {error}".strip())]
        time.sleep(ASK_AGAIN_SECONDS)

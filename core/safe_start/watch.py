"""While a process serves: has somebody migrated the database to what it does not know?

Asked by one cheap statement every few seconds, by whoever comes first; others go on with the last answer.
"""

import logging
import threading
import time

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from core.safe_start import schema
from core.safe_start.finding import Finding, Process
from core.safe_start.refuse import DatabaseSilentError, stopping

log = logging.getLogger(__name__)
EVERY_SECONDS = 5.0


class Watch:
    """`unlooked`: the database did not answer at the start, and all is still to be looked over."""

    def __init__(self, process: Process, *, unlooked: bool = False) -> None:
        self._process = process
        self._unlooked = unlooked
        self._mark: schema.Mark | None = None
        self._found: list[Finding] = []
        self._asked = float("-inf")
        self._asking = threading.Lock()

    def found(self) -> list[Finding]:
        """What must not be served with; empty while the database does not answer, which pages tell themselves."""
        if time.monotonic() - self._asked >= EVERY_SECONDS and self._asking.acquire(blocking=False):
            try:
                self._ask()
            except (DatabaseError, InterfaceError, DatabaseSilentError):
                pass
            finally:
                self._asked = time.monotonic()
                self._asking.release()
        return self._found

    def _ask(self) -> None:
        connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
        now = schema.mark()
        if now == self._mark and not self._unlooked:
            return
        before = self._found
        self._found = stopping(self._process) if self._unlooked or before else [*_newer()]
        self._unlooked = self._unlooked and bool(self._found)
        self._mark = now
        for one in self._found:
            if one not in before:
                log.error("%s", one.words)


def _newer() -> list[Finding]:
    return [one for one in schema.findings() if one.id == "newer"]

"""The clock of the database shows the time of the test.

The program asks Python for the time and hands it to SQL (`osallistava/tests/test_clock.py` holds it to that). What is
left are the triggers of the change history, which a package makes: they call now(). In the databases of the tests
`public` is searched before `pg_catalog` and has a now() of its own, which gives the time of the test.

Whenever a statement is about to be sent at another time than the last one, the moment is written down for it, in a
session of its own that commits at once. (It stays while time stands still: a new one takes as long as many a test.)
A setting of the test's session would be simpler and wrong: it would be gone as soon as something is rolled back, and
other sessions would not have it. So would be a function that is replaced: a session takes notice of a new one when it
likes, but of a new row with its next statement.
"""

import datetime
from collections.abc import Callable
from threading import Lock
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from testing.clock import now, time_is_real

MAKE = """
    CREATE SCHEMA testing;
    GRANT USAGE ON SCHEMA testing TO PUBLIC;
    CREATE TABLE testing.clock (shows timestamptz);
    GRANT SELECT ON testing.clock TO PUBLIC;
    INSERT INTO testing.clock VALUES (NULL);
    CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE
        AS 'SELECT COALESCE((SELECT shows FROM testing.clock), pg_catalog.now())'
"""
# of the functions too, which have a path of their own
PATHS = """
    DO $$ DECLARE one regprocedure; BEGIN
        FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            AND starts_with(proname, 'pgtrigger_') AND prorettype = 'trigger'::regtype
        LOOP EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_catalog, pg_temp', one); END LOOP;
    END $$
"""
SHOW = "UPDATE testing.clock SET shows = %s"
NAME = "clock of the tests"
PATH = sql.SQL("ALTER DATABASE {} SET search_path = public, pg_catalog")


class ServerClock:
    def __init__(self) -> None:
        self._shown: datetime.datetime | None = None
        self._connect: Callable[[], psycopg.Connection] | None = None
        self._owner: psycopg.Connection | None = None
        self._lock = Lock()

    def set_up(self, connect: Callable[[], psycopg.Connection], name: str) -> None:
        """For a new database, which the owner gets a session of from `connect`."""
        self._connect = connect
        owner = self._begin()
        owner.execute(MAKE)
        owner.execute(PATHS)
        owner.execute(PATH.format(sql.Identifier(name)))
        self._show(_moment())

    def close(self) -> None:
        """End the session, which would be in the way of a copy of the database; the next moment begins another."""
        if self._owner:
            self._owner.close()
        self._owner = None

    def follow(self, sender: object, connection: BaseDatabaseWrapper, **_more: object) -> None:
        """A receiver of `connection_created`."""
        if self._before not in connection.execute_wrappers:
            # first, since a wrapper that was there before a new session began takes the last one away when it ends
            connection.execute_wrappers.insert(0, self._before)

    def _before(self, execute: Callable[..., Any], *statement: Any) -> Any:
        moment = _moment()
        with self._lock:
            if self._connect and moment != self._shown:
                self._show(moment)
        return execute(*statement)

    def _show(self, moment: datetime.datetime | None) -> None:
        try:
            (self._owner or self._begin()).execute(SHOW, [moment])
        except psycopg.OperationalError:
            # the session was ended, as some tests do with all of them
            self._begin().execute(SHOW, [moment])
        self._shown = moment
        if moment is None:
            self.close()

    def _begin(self) -> psycopg.Connection:
        assert self._connect
        self.close()
        self._owner = self._connect()
        self._owner.execute(sql.SQL("SET application_name = {}").format(NAME))
        return self._owner


def _moment() -> datetime.datetime | None:
    """None: whatever it is."""
    return None if time_is_real() else now()

"""What a test has committed is undone by its database's owner: the tables that were written are emptied.

A fresh copy of the template takes four times as long. It is made where emptying is not enough: when a test changed the
reference data that the migrations load, made a table, took down a fence, or wrote where reference data hangs on.
"""

from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from testing.server_clock import NAME as CLOCK_NAME

TABLES: LiteralString = """
    SELECT oid::regclass::text, pg_relation_size(oid) > 0 FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
# every row has the transaction that wrote it
TRACES = sql.SQL("SELECT sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)) FROM {}")
# what a test of the fences takes down for itself: functions, rights, policies, triggers
FENCES: LiteralString = """
    SELECT md5(string_agg(one, ' ' ORDER BY one)) FROM (
        SELECT concat(oid::regprocedure, proconfig, proacl, prosecdef) FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT concat(oid::regclass, relrowsecurity, relforcerowsecurity, relacl) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        UNION ALL SELECT concat(attrelid::regclass, attname, attacl) FROM pg_attribute WHERE attacl IS NOT NULL
            AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        UNION ALL SELECT concat(polrelid::regclass, polname, pg_get_expr(polqual, polrelid)) FROM pg_policy
        UNION ALL SELECT concat(tgrelid::regclass, tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    ) AS fences (one)
"""
# with all that refers to them, which is emptied along
WITH_DEPENDANTS: LiteralString = """
    WITH RECURSIVE reached AS (
        SELECT name::regclass AS oid FROM unnest(%s::text[]) AS name
        UNION SELECT conrelid FROM pg_constraint JOIN reached ON confrelid = reached.oid WHERE contype = 'f'
    ) SELECT oid::regclass::text FROM reached
"""
# of the logs, which refuse to be emptied
GUARDS: LiteralString = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger
    WHERE tgtype & 32 > 0 AND NOT tgisinternal AND tgrelid = ANY(%s::regclass[])
"""
# but for the clock, which goes on
END_OTHERS: LiteralString = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend' AND application_name <> %s
"""


@dataclass(frozen=True)
class State:
    """The tables of a fresh copy, the traces of the rows in those that are not empty, and that of its fences."""

    tables: frozenset[str]
    filled: dict[str, Any]
    fences: str

    @classmethod
    def of(cls, owner: psycopg.Connection) -> "State":
        sizes = _sizes(owner)
        filled = {name: _trace(owner, name) for name in sorted(sizes) if sizes[name]}
        return cls(frozenset(sizes), filled, _fences(owner))


def empty(owner: psycopg.Connection, fresh: State) -> bool:
    """Whether the database is as it was when it was fresh."""
    owner.execute(END_OTHERS, [CLOCK_NAME])
    sizes = _sizes(owner)
    if set(sizes) != fresh.tables or _fences(owner) != fresh.fences:
        return False
    if any(_trace(owner, name) != trace for name, trace in fresh.filled.items()):
        return False
    written = [name for name, is_filled in sizes.items() if is_filled and name not in fresh.filled]
    if not written:
        return True
    reached = [name for (name,) in owner.execute(WITH_DEPENDANTS, [written])]
    if fresh.filled.keys() & set(reached):
        return False
    _truncate(owner, reached)
    return True


def _fences(owner: psycopg.Connection) -> str:
    row = owner.execute(FENCES).fetchone()
    assert row is not None
    return str(row[0])


def _truncate(owner: psycopg.Connection, tables: list[str]) -> None:
    guards = owner.execute(GUARDS, [tables]).fetchall()
    with owner.transaction():
        for table, name in guards:
            owner.execute(_switch("DISABLE", table, name))
        owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(map(sql.SQL, tables))))
        for table, name in guards:
            owner.execute(_switch("ENABLE", table, name))


def _switch(how: LiteralString, table: Any, name: str) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(sql.SQL(table), sql.SQL(how), sql.Identifier(name))


def _sizes(owner: psycopg.Connection) -> dict[str, bool]:
    """Each table, and whether anything was ever written to it."""
    return dict(owner.execute(TABLES).fetchall())


def _trace(owner: psycopg.Connection, table: Any) -> Any:
    return owner.execute(TRACES.format(sql.SQL(table))).fetchone()

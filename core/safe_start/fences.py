"""The fences of the database against what the program says that they must be (`expected`).

A backup that was restored without them, or somebody who took one down, leaves a database in which every page works.
"""

from collections.abc import Iterable, Iterator

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.utils import CursorWrapper

from core.history_fences import CHECK_ACTOR
from core.key_columns import UPDATABLE_KEYS
from core.row_security import make_policy, policy_rule
from core.safe_start.expected import Expected, Trigger, expected
from core.safe_start.finding import Finding

MENDED_BY_MIGRATE = (
    "The fences of the database are not as the migrations leave them ({what}). Run manage.py migrate with "
    "DATABASE_OWNER_URL; if that does not help, restore the database from a backup, with its policies and triggers."
)
NAMED = 3
"""So many tables are named; of more the first ones."""

POLICIES = """
    SELECT pg_class.oid::regclass::text, relrowsecurity AND relforcerowsecurity, format_type(atttypid, atttypmod),
        (SELECT array_agg(ARRAY[pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)])
            FROM pg_policy WHERE polrelid = pg_class.oid AND polpermissive AND polcmd = '*' AND polroles = '{0}'),
        (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid)
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relname = %s AND attname = %s
"""
OWN_WORDS = "SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = 'pg_temp.fence'::regclass"
TRIGGERS = """
    SELECT tgrelid::regclass::text, tgname, proname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND tgqual IS NULL
        AND pronamespace = 'public'::regnamespace
"""
CHANGEABLE = """
    SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND (relname = ANY (%s)
            AND (has_any_column_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE, TRUNCATE'))
        OR has_table_privilege(oid, 'TRUNCATE, TRIGGER'))
    ORDER BY 1
"""
HISTORIES = """
    SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attname = 'pgh_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND (has_any_column_privilege(attrelid, 'INSERT, UPDATE') OR has_table_privilege(attrelid, 'DELETE, TRUNCATE'))
    ORDER BY 1
"""
FUNCTIONS = """
    SELECT (SELECT count(*) FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
            WHERE NOT (relrowsecurity AND relforcerowsecurity)),
        (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
            AND (NOT COALESCE(array_to_string(proconfig, ' ') ~ 'search_path=.*pg_temp', false)
                OR has_function_privilege(oid, 'EXECUTE'))),
        (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled NOT IN ('O', 'A')),
        (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname = 'refuse_change'
            AND prosrc NOT LIKE '%%RAISE EXCEPTION%%'),
        (SELECT count(*) FROM pg_proc WHERE proname = '_pgtrigger_should_ignore' AND prosrc <> 'SELECT false'),
        (SELECT 1 - count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            AND proname = '_pgh_attach_context' AND prosecdef AND prosrc = %s)
"""
FUNCTION_WORDS = (
    "row security is off for a table",
    "a trigger's function is open",
    "a trigger is switched off",
    "the logs can be changed",
    "the change history can be switched off",
    "the change history takes a name without a seal",
)


def findings() -> Iterator[Finding]:
    wanted = expected()
    with transaction.atomic(using=DEFAULT_DB_ALIAS), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        found = [*gaps(cursor, wanted)]
    if found:
        yield Finding("fences", MENDED_BY_MIGRATE.format(what=", ".join(found)))


def gaps(cursor: CursorWrapper, wanted: Expected) -> Iterator[str]:
    """Of the role that the cursor works as. Needs an open transaction."""
    yield from _of_tables("row security is not as it must be for", _without_policy(cursor, wanted.secured))
    yield from _of_tables("a trigger is missing or switched off on", _without_trigger(cursor, wanted.triggers))
    yield from _of_tables("the program may change rows of the log", _names(cursor, CHANGEABLE, [*wanted.logs]))
    yield from _of_tables("the change history can be written:", _names(cursor, HISTORIES))
    yield from _of_tables("keys can be changed of", _names(cursor, UPDATABLE_KEYS))
    cursor.execute(FUNCTIONS, [CHECK_ACTOR.split("$$")[1]])
    yield from (words for words, number in zip(FUNCTION_WORDS, cursor.fetchone() or (), strict=True) if number)


def _of_tables(words: str, tables: Iterable[str]) -> Iterator[str]:
    found = sorted(tables)
    if found:
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        yield f"{words} {', '.join(found[:NAMED])}{more}"


def _names(cursor: CursorWrapper, sql: str, *values: list[str]) -> list[str]:
    cursor.execute(sql, values or None)
    return [name for (name,) in cursor.fetchall()]


def _without_policy(cursor: CursorWrapper, secured: Iterable[tuple[str, str, bool]]) -> Iterator[str]:
    """Those that have not exactly our one policy, forced on their owner too."""
    ours: dict[tuple[str, str, bool], str] = {}
    for table, column, nullable in secured:
        cursor.execute(POLICIES, [table, column])
        _name, forced, kind, policies, number = cursor.fetchone() or (table, False, "", None, 0)
        if not forced or number != 1 or not policies:
            yield table
            continue
        shape = (column, kind, nullable)
        if shape not in ours:
            ours[shape] = _in_words_of_the_server(cursor, *shape)
        if policies != [[ours[shape]] * 2]:
            yield table


def _in_words_of_the_server(cursor: CursorWrapper, column: str, kind: str, nullable: bool) -> str:
    """As this version of the server writes our condition: it is read back from a table of our own."""
    cursor.execute(f"CREATE TEMP TABLE fence ({column} {kind})")
    cursor.execute(make_policy("pg_temp.fence", policy_rule(column, nullable=nullable)))
    cursor.execute(OWN_WORDS)
    (words,) = cursor.fetchone() or ("",)
    cursor.execute("DROP TABLE pg_temp.fence")
    return str(words)


def _without_trigger(cursor: CursorWrapper, triggers: Iterable[Trigger]) -> set[str]:
    cursor.execute(TRIGGERS)
    there = {Trigger(*row) for row in cursor.fetchall()}
    return {one.table for one in triggers if one not in there}

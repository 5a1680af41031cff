"""What keeps the change history out of the hands of the application's own role (adr/0012).

Whoever has its password, or gets SQL of their own into the program, may do what the role may: set any setting of the
session, make temporary tables, call functions. So nothing of the history depends on these. Made after every migration,
by the owner, for whatever triggers there are by then.
"""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

from core.encryption import actor_key

SEARCH_PATH = "pg_catalog, public, pg_temp"
"""Of all functions of triggers. A schema of temporary tables that is not named would be searched first."""

BLOCK = 64  # bytes of a block of SHA-256

# The package's switch, which any session could set.
IGNORE_NOTHING = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS boolean
    LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""
# Called by each trigger of the history before it writes. Volatile, so that the planner does not leave it out.
CHECK_ACTOR = f"""
    CREATE OR REPLACE FUNCTION public._pgh_attach_context() RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = {SEARCH_PATH} AS $$
    DECLARE
        context text := COALESCE(current_setting('pghistory.context_id', true), '');
        metadata text := COALESCE(current_setting('pghistory.context_metadata', true), '');
        pads guarded.actor_key;
    BEGIN
        IF context = '' AND metadata = '' THEN
            RETURN NULL;
        END IF;
        SELECT * INTO pads FROM guarded.actor_key;
        IF encode(sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(context || ' ' || metadata, 'UTF8'))),
                'hex') IS DISTINCT FROM current_setting('osallistava.actor_seal', true) THEN
            RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
                MESSAGE = 'who makes the change is told without a seal of the program: the history takes nothing';
        END IF;
        RETURN context::uuid;
    END $$
"""  # noqa: S608 - words of this module
KEY = """
    CREATE SCHEMA IF NOT EXISTS guarded;
    REVOKE ALL ON SCHEMA guarded FROM PUBLIC;
    CREATE TABLE IF NOT EXISTS guarded.actor_key (inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);
    DELETE FROM guarded.actor_key
"""
FUNCTIONS = """
    SELECT oid::regprocedure::text, proname LIKE 'pgtrigger\\_%%' FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
"""
HISTORIES = """
    SELECT attrelid::regclass::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attname = 'pgh_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def guard_history(using: str) -> None:
    """Repeatable. Only the owner may; as the application's role nothing is done, and the start refuses (`checks`)."""
    role = connections[DEFAULT_DB_ALIAS].settings_dict["USER"]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        current, application_exists = cursor.fetchone() or ("", False)
        if current == role:
            return
        _keep_key(cursor)
        cursor.execute(CHECK_ACTOR)
        cursor.execute(IGNORE_NOTHING)
        _close_functions(cursor)
        if application_exists:
            _close_tables(cursor, connections[using].ops.quote_name(role))


def _keep_key(cursor: CursorWrapper) -> None:
    """As the two pads of HMAC, since the server itself only has the plain hash."""
    key = actor_key(settings.INDEX_KEY).ljust(BLOCK, b"\0")
    cursor.execute(KEY)
    cursor.execute(
        "INSERT INTO guarded.actor_key VALUES (%s, %s)",
        [bytes(one ^ 0x36 for one in key), bytes(one ^ 0x5C for one in key)],
    )


def _close_functions(cursor: CursorWrapper) -> None:
    """Nobody hangs them on a table of their own, and only those of the history write where the role may not."""
    cursor.execute(FUNCTIONS)
    for function, of_history in cursor.fetchall():
        cursor.execute(f"ALTER FUNCTION {function} SET search_path = {SEARCH_PATH}")
        cursor.execute(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
        if of_history:
            cursor.execute(f"ALTER FUNCTION {function} SECURITY DEFINER")


def _close_tables(cursor: CursorWrapper, role: str) -> None:
    cursor.execute(HISTORIES)
    for (table,) in [*cursor.fetchall(), ("pghistory_context",)]:
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}")

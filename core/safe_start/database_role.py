"""The role of DATABASE_URL: with one right too many all pages work, and nothing keeps municipalities apart."""

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections

from core.safe_start.finding import Finding

# Of the role itself, and of those that it could become.
RIGHTS = """
    SELECT current_user,
        EXISTS (SELECT FROM pg_roles WHERE rolsuper AND pg_has_role(current_user, oid, 'MEMBER')),
        EXISTS (SELECT FROM pg_roles WHERE rolbypassrls AND pg_has_role(current_user, oid, 'MEMBER')),
        EXISTS (SELECT FROM pg_roles WHERE rolcreaterole AND pg_has_role(current_user, oid, 'MEMBER')),
        EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND pg_has_role(current_user, relowner, 'MEMBER')),
        has_schema_privilege('public', 'CREATE'),
        has_database_privilege(current_database(), 'CREATE')
"""
WORDS = (
    "it is a superuser",
    "it bypasses row security",
    "it may make roles",
    "it owns tables",
    "it may make objects in the schema public",
    "it may make schemas in the database",
)
ROLE = (
    "DATABASE_URL signs in as {role}, and {what}: then nothing keeps municipalities apart or the logs as they are. "
    "Give a role of its own without these rights, and the owner's in DATABASE_OWNER_URL, for migrate only (README, "
    "Run it for real, 1)."
)
# What every migration leaves (`row_security`, `history_fences`).
FENCES = """
    SELECT (SELECT count(*) FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid
            WHERE NOT (relrowsecurity AND relforcerowsecurity)),
        (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
            AND (NOT COALESCE(array_to_string(proconfig, ' ') ~ 'search_path=.*pg_temp', false)
                OR has_function_privilege(oid, 'EXECUTE'))),
        (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'),
        (SELECT count(*) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE attname = 'pgh_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace
            AND has_table_privilege(attrelid, 'INSERT, UPDATE, DELETE, TRUNCATE')),
        (SELECT count(*) FROM pg_proc WHERE proname = '_pgtrigger_should_ignore' AND prosrc <> 'SELECT false')
"""
MENDED_BY_MIGRATE = (
    "The fences of the database are not as the migrations leave them ({what}). Run manage.py migrate with "
    "DATABASE_OWNER_URL; if that does not help, restore the database from a backup."
)
FENCE_WORDS = (
    "row security is off for a table",
    "a trigger's function is open",
    "a trigger is switched off",
    "the change history can be written",
    "the change history can be switched off",
)


def findings() -> Iterator[Finding]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(RIGHTS)
        role, *rights = cursor.fetchone() or ("",)
        too_many = [words for words, has in zip(WORDS, rights, strict=True) if has]
        if too_many:
            yield Finding("role", ROLE.format(role=role, what=", ".join(too_many)))
            return
        cursor.execute(FENCES)
        gaps = [words for words, number in zip(FENCE_WORDS, cursor.fetchone() or (), strict=True) if number]
        if gaps:
            yield Finding("fences", MENDED_BY_MIGRATE.format(what=", ".join(gaps)))

"""The role of DATABASE_URL: with one right too many all pages work, and nothing keeps municipalities apart."""

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

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
        has_database_privilege(current_database(), 'CREATE'),
        EXISTS (SELECT FROM pg_roles WHERE rolreplication AND pg_has_role(current_user, oid, 'MEMBER')),
        EXISTS (SELECT FROM pg_roles WHERE starts_with(rolname, 'pg_') AND pg_has_role(current_user, oid, 'MEMBER')),
        EXISTS (SELECT FROM pg_parameter_acl WHERE has_parameter_privilege(parname, 'SET, ALTER SYSTEM')),
        EXISTS (SELECT FROM pg_namespace WHERE nspname = 'guarded' AND has_schema_privilege(oid, 'USAGE, CREATE'))
            OR EXISTS (SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'guarded' AND (has_table_privilege(pg_class.oid, 'SELECT, INSERT, UPDATE, DELETE')
                    OR has_any_column_privilege(pg_class.oid, 'SELECT, INSERT, UPDATE')))
"""
WORDS = (
    "it is a superuser",
    "it bypasses row security",
    "it may make roles",
    "it owns tables",
    "it may make objects in the schema public",
    "it may make schemas in the database",
    "it may read the server's changes as a replica",
    "it is a member of a role of the server (pg_…)",
    "it may set parameters of the server that only a superuser may",
    "it may enter the schema guarded",
)
ROLE = (
    "DATABASE_URL signs in as {role}, and {what}: then nothing keeps municipalities apart or the logs as they are. "
    "Give a role of its own without these rights, or revoke them from it, and the owner's in DATABASE_OWNER_URL, for "
    "migrate only (README, Run it for real, 1)."
)


def findings() -> Iterator[Finding]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        role, too_many = rights(cursor)
    if too_many:
        yield Finding("role", ROLE.format(role=role, what=", ".join(too_many)))


def rights(cursor: CursorWrapper) -> tuple[str, list[str]]:
    """The role that the cursor works as, and what it has too much, in words."""
    cursor.execute(RIGHTS)
    role, *has = cursor.fetchone() or ("",)
    return str(role), [words for words, one in zip(WORDS, has, strict=True) if one]

"""Tables that live as long as the transaction, through which sets of rows are handled."""

from collections.abc import Mapping

from django.db import connection


def make_or_empty(tables: Mapping[str, str]) -> None:
    """`tables` are definitions by name. Those that an earlier call in this transaction made are emptied.

    A table that is dropped and made again holds its locks until the end: a few hundred of them fill the lock table.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(to_regclass('pg_temp.' || name) IS NOT NULL) FROM unnest(%s::text[]) name", [[*tables]]
        )
        if (cursor.fetchone() or (False,))[0]:
            cursor.execute(f"TRUNCATE {', '.join(f'pg_temp.{name}' for name in tables)}")
            return
        for name, columns in tables.items():
            cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")

"""No key of a row is ever changed by the application's role.

The triggers of the change history see the old rows of a statement and the new ones, and know by the key which belong
together: of a row whose key changes with it they would keep nothing. Besides, other rows refer to keys, and so do the
logs, in which nothing can be put right. So the role may update every column but those of the primary key.
"""

from django.db.backends.utils import CursorWrapper

OTHER_COLUMNS = """
    SELECT attrelid::regclass::text, string_agg(quote_ident(attname), ', ' ORDER BY attnum)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
        AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisprimary AND attnum = ANY (indkey))
    GROUP BY attrelid
"""
UPDATABLE_KEYS = """
    SELECT DISTINCT indrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE indisprimary AND relnamespace = 'public'::regnamespace
        AND EXISTS (SELECT FROM unnest(indkey::int2[]) number WHERE has_column_privilege(indrelid, number, 'UPDATE'))
    ORDER BY 1
"""
"""The tables whose keys the present role may change."""


def grant_update(cursor: CursorWrapper, role: str) -> None:
    """Of every table all columns but the key's, instead of whatever the role might update before. Only the owner may.

    `role` is quoted already.
    """
    cursor.execute(f"REVOKE UPDATE ON ALL TABLES IN SCHEMA public FROM {role}")
    cursor.execute(OTHER_COLUMNS)
    for table, columns in cursor.fetchall():
        cursor.execute(f"GRANT UPDATE ({columns}) ON {table} TO {role}")

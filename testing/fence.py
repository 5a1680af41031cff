"""What is in the database of one municipality, as a number for each table: two that differ tell that it was changed."""

from functools import cache

from django.apps import apps
from django.db import connection

from core.row_security import across_municipalities


@cache
def tables() -> dict[str, str]:
    """Every table with a municipality, history and logs too, and the column that names it."""
    found: dict[str, str] = {}
    for model in apps.get_models(include_auto_created=True):
        columns = {field.column for field in model._meta.local_fields if hasattr(field, "column")}
        if model._meta.managed and "municipality_id" in columns:
            found[model._meta.db_table] = "municipality_id"
    return found


def rows_of(municipality_id: int) -> dict[str, int]:
    """A sum over the rows of each table that does not depend on their order; also of people's memberships there."""
    parts = [
        f"SELECT '{table}', count(*), sum(hashtextextended(t::text, 0)) FROM \"{table}\" t WHERE {column} = %(place)s"  # noqa: S608 - names of tables
        for table, column in tables().items()
    ]
    with across_municipalities("a test looks for what was changed"), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {"place": municipality_id})
        return {name: int(count) + int(found or 0) for name, count, found in cursor.fetchall()}


def changed(before: dict[str, int], municipality_id: int) -> list[str]:
    """The tables that are otherwise now."""
    now = rows_of(municipality_id)
    return [table for table in now if now[table] != before[table]]

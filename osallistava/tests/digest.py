"""What is in the database, as a number for each table: two that differ tell that something was written."""

from collections.abc import Callable
from typing import TypeVar

from django.apps import apps
from django.db import connection, transaction

from cases.models import AccessLog
from core.models import Draft, Submission
from core.row_security import across_municipalities

T = TypeVar("T")

ALLOWED = {
    AccessLog._meta.db_table,
    Submission._meta.db_table,
    Draft._meta.db_table,
    "django_session",
    "usersessions_usersession",
}
"""What a look and a refusal may write: the logs, that a form was sent, and for its author what was typed."""


def digest() -> dict[str, int]:
    """Each table with a sum over its rows that does not depend on their order."""
    existing = set(connection.introspection.table_names())
    tables = sorted({model._meta.db_table for model in apps.get_models()} & existing - ALLOWED)
    parts = (f"SELECT '{table}', sum(hashtextextended(t::text, 0)) FROM \"{table}\" t" for table in tables)
    with across_municipalities("a test looks for what was written"), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {name: int(found or 0) for name, found in cursor.fetchall()}


def undone(act: Callable[[], T], before: dict[str, int]) -> tuple[T, list[str]]:
    """What `act` answers and the tables that it left otherwise; then all is as it was `before`."""
    place = transaction.savepoint()
    answer = act()
    now = digest()
    transaction.savepoint_rollback(place)
    return answer, [table for table in now if now[table] != before[table]]

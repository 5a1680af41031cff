"""What PostgreSQL is told for one transaction: whose rows it may touch, and who makes the changes."""

from collections.abc import Mapping

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor


def set_for_transaction(values: Mapping[str, str], using: str = DEFAULT_DB_ALIAS) -> None:
    """Set these settings until the transaction ends, in one statement.

    The values travel as parameters: the sessions of one role see the text of each other's statements.
    """
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    wrapper = connections[using]
    wrapper.ensure_connection()
    with wrapper._prepare_cursor(ServerBindingCursor(wrapper.connection)) as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in values.items() for part in pair])

"""What PostgreSQL is told for one transaction: whose rows it may touch, and who makes the changes."""

from collections.abc import Mapping

from django.db import DEFAULT_DB_ALIAS, connections


def set_for_transaction(values: Mapping[str, str], using: str = DEFAULT_DB_ALIAS) -> None:
    """Set these settings until the transaction ends, in one statement."""
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in values.items() for part in pair])

"""What migrations tell PostgreSQL of the number of municipalities."""

from django.db import migrations

MUNICIPALITIES = 310


def told_to_the_planner(table: str) -> migrations.RunSQL:
    """However many rows the table has, they are of no more municipalities.

    From the few rows of a first small batch the planner would guess that nearly each row has one of its own, and join
    the rows of a large one one by one.
    """
    return migrations.RunSQL(
        f"ALTER TABLE {table} ALTER COLUMN municipality_id SET (n_distinct = {MUNICIPALITIES})",
        f"ALTER TABLE {table} ALTER COLUMN municipality_id RESET (n_distinct)",
    )

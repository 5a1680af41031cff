"""There are some three hundred municipalities, however many rows: told to the planner for the tables that batches fill.

From the few rows of a first small batch it would guess that nearly each row has a municipality of its own, so that the
policy lets next to nothing through, and would join the rows of a large batch one by one.
"""

from django.db import migrations

TABLES = (
    "etotu_notice",
    "etotu_attachment",
    "etotu_noticehistory",
)
MUNICIPALITIES = 310


def set_distinct(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER TABLE {table} ALTER COLUMN municipality_id SET (n_distinct = {MUNICIPALITIES})",
        f"ALTER TABLE {table} ALTER COLUMN municipality_id RESET (n_distinct)",
    )


class Migration(migrations.Migration):
    dependencies = [("etotu", "0009_no_index_that_another_one_begins_with")]

    operations = [set_distinct(table) for table in TABLES]

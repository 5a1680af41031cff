"""There are some three hundred municipalities, however many rows: told to the planner for the tables that batches fill."""

from django.db import migrations

from core.few_municipalities import told_to_the_planner

TABLES = (
    "etotu_notice",
    "etotu_attachment",
    "etotu_noticehistory",
)


class Migration(migrations.Migration):
    dependencies = [("etotu", "0009_no_index_that_another_one_begins_with")]

    operations = [told_to_the_planner(table) for table in TABLES]

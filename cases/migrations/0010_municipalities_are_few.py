"""There are some three hundred municipalities, however many rows: told to the planner for the tables that batches fill."""

from django.db import migrations

from core.few_municipalities import told_to_the_planner

TABLES = (
    "cases_client",
    "cases_nametoken",
    "cases_contactdetail",
    "cases_matter",
    "cases_deadline",
    "cases_event",
    "cases_clienthistory",
    "cases_contactdetailhistory",
    "cases_matterhistory",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_no_index_that_another_one_begins_with")]

    operations = [told_to_the_planner(table) for table in TABLES]

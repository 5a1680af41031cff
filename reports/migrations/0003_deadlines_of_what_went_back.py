from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.row_security import across_municipalities
from reports.flows import stale_triggers

THEIR_DAYS = f"""
    INSERT INTO reports_staleday (municipality_id, flow, day)
    SELECT DISTINCT * FROM ({stale_triggers.OF_TRANSFER.format(rows="cases_transfer")}) AS touched
"""  # noqa: S608 - only words of this program


def mark_their_days(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    with across_municipalities("those days are counted anew", using=using), schema_editor.connection.cursor() as cursor:
        cursor.execute(THEIR_DAYS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_stale_days")]

    operations = [
        migrations.RunSQL(stale_triggers.create_of_transfers(), stale_triggers.drop_of_transfers()),
        migrations.RunPython(mark_their_days, migrations.RunPython.noop),
    ]

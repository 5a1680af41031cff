from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from core.row_security import SecureRows, across_municipalities
from reports.flows import stale_triggers

EVERY_DAY = """
    INSERT INTO reports_staleday (municipality_id, flow, day)
    SELECT DISTINCT municipality_id, 'arrived', arrived FROM cases_matter
    UNION ALL SELECT DISTINCT municipality_id, 'due', due FROM cases_deadline
    UNION ALL SELECT DISTINCT municipality_id, 'met', (at AT TIME ZONE 'Europe/Helsinki')::date FROM cases_appointment
"""


def mark_every_day(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    with across_municipalities("no day is counted yet", using=using), schema_editor.connection.cursor() as cursor:
        cursor.execute(EVERY_DAY)


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_daily_flows"),
        ("cases", "0005_fences_of_transfers_hand_overs_letters_and_appointments"),
        ("etotu", "0002_fences"),
    ]

    operations = [
        SecureRows("DailyFlow", "StaleDay"),
        migrations.RunSQL(stale_triggers.create(), stale_triggers.drop()),
        migrations.RunPython(mark_every_day, migrations.RunPython.noop),
    ]

from django.db import migrations

from core.row_security import SecureRows
from reports.flows import stale_triggers


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0001_tables"),
        ("cases", "0002_fences"),
        ("etotu", "0002_fences"),
    ]

    operations = [
        SecureRows("DailyFlow", "StaleDay"),
        migrations.RunSQL(stale_triggers.create(), stale_triggers.drop()),
        migrations.RunSQL(stale_triggers.create_of_transfers(), stale_triggers.drop_of_transfers()),
    ]

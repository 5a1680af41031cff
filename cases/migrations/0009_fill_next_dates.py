"""What contacts met before stays as it was told, and every open matter gets a next date."""

from typing import Any

from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from core.row_security import across_municipalities
from core.working_days import nth_working_day

TOLD_BEFORE = """
    UPDATE cases_deadline d SET told_before = true
    WHERE d.met_on IS NOT NULL AND d.duty IN ('discuss', 'assess', 'assess_urgent', 'activate', 'integrate')
        AND EXISTS (
            SELECT FROM cases_contact c WHERE c.matter_id = d.matter_id AND c.outcome = 'reached'
                AND (c.at AT TIME ZONE 'Europe/Helsinki')::date <= d.met_on
                AND (d.duty <> 'discuss' OR c.channel IN ('meeting', 'visit', 'call'))
        )
"""
FIRST_TIMES = """
    UPDATE cases_matter m SET time_on = found.day
    FROM (
        SELECT a.matter_id, min((a.at AT TIME ZONE 'Europe/Helsinki')::date) AS day
        FROM cases_appointment a WHERE a.state = 'offered' GROUP BY a.matter_id
    ) found
    WHERE m.id = found.matter_id AND m.closed_at IS NULL
"""
WITHOUT = """
    SELECT DISTINCT m.municipality_id, m.urgent, COALESCE(s.return_days, 10), COALESCE(s.return_days_urgent, 1)
    FROM cases_matter m LEFT JOIN municipalities_localsettings s ON s.municipality_id = m.municipality_id
    WHERE m.closed_at IS NULL AND m.next_on IS NULL
"""
REMIND = """
    UPDATE cases_matter SET remind_on = %s
    WHERE closed_at IS NULL AND next_on IS NULL AND municipality_id = %s AND urgent = %s
"""


def fill(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using, today = schema_editor.connection.alias, timezone.localdate()
    with (
        across_municipalities("every open matter gets a next date", using=using),
        connections[using].cursor() as cursor,
    ):
        cursor.execute(TOLD_BEFORE)
        cursor.execute(FIRST_TIMES)
        cursor.execute(WITHOUT)
        for municipality, urgent, days, urgent_days in cursor.fetchall():
            day = nth_working_day(today, urgent_days if urgent else days)
            cursor.execute(REMIND, [day, municipality, urgent])


class Migration(migrations.Migration):
    # the triggers that keep the history of a changed row call functions of pghistory
    dependencies = [("cases", "0008_acts_and_next_dates"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

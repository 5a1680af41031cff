"""Events that were written before a row said where it is told: told where their people had a role on that day."""

from django.db import migrations

TABLE = "accounts_securityevent"
TELL = f"""
ALTER TABLE {TABLE} DISABLE TRIGGER append_only;
UPDATE {TABLE} AS event SET told_in = found.places
FROM (
    SELECT event.id, array_agg(DISTINCT role.municipality_id)::smallint[] AS places
    FROM {TABLE} AS event
    JOIN municipalities_membership AS role ON role.user_id IN (event.actor_id, event.person_id)
    WHERE event.municipality_number IS NULL AND role.municipality_id IS NOT NULL
        AND role.starts <= (event.at AT TIME ZONE 'Europe/Helsinki')::date
        AND (role.ends IS NULL OR role.ends >= (event.at AT TIME ZONE 'Europe/Helsinki')::date)
    GROUP BY event.id
) AS found
WHERE found.id = event.id;
ALTER TABLE {TABLE} ENABLE TRIGGER append_only;
"""  # noqa: S608 - no word of anybody's is in it


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0005_days_within_reach"), ("accounts", "0005_where_events_are_told")]

    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop)]

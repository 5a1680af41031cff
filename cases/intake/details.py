"""Contact details as Kela knows them, beside what was entered here, which they never overwrite."""

import datetime

from django.db import connection

from cases.intake.people import some_known
from cases.intake.tables import forget_plans

# The latest knowledge counts, whatever the order in which it arrives; of one day the one that came last.
LATEST = """
    SELECT DISTINCT ON (p.client_id, d.kind) d.municipality_id, p.client_id, d.kind, 'kela' AS source, d.value,
        d.postal_code, d.post_office, d.known_on, false AS dismissed, %(at)s AS entered_at
    FROM intake_detail d JOIN intake_person p USING (municipality_id, identity_index)
    WHERE p.is_new = %(new)s
    ORDER BY p.client_id, d.kind, d.known_on DESC, d.position DESC
"""
KEEP = f"""
    INSERT INTO cases_contactdetail (municipality_id, client_id, kind, source, value, postal_code, post_office,
        known_on, dismissed, entered_at)
    SELECT * FROM ({LATEST}) latest
"""  # noqa: S608 - only words of this module
# What is known as of that day is not written again. A value that is the same keeps its mark of having been looked at.
IN_PLACE_OF_OTHERS = """
    WHERE NOT EXISTS (
        SELECT FROM cases_contactdetail d
        WHERE d.client_id = latest.client_id AND d.kind = latest.kind AND d.source = latest.source
            AND (d.known_on > latest.known_on OR d.known_on = latest.known_on
                AND (d.value, d.postal_code, d.post_office) = (latest.value, latest.postal_code, latest.post_office))
        OFFSET 0)
    ON CONFLICT (client_id, kind, source) DO UPDATE SET
        value = excluded.value, postal_code = excluded.postal_code, post_office = excluded.post_office,
        known_on = excluded.known_on, entered_at = excluded.entered_at,
        dismissed = cases_contactdetail.dismissed
            AND (cases_contactdetail.value, cases_contactdetail.postal_code, cases_contactdetail.post_office)
              = (excluded.value, excluded.postal_code, excluded.post_office)
    WHERE cases_contactdetail.known_on <= excluded.known_on
"""


def keep_details(at: datetime.datetime) -> None:
    """Nobody else sees a person who is new, so that nothing of theirs can be there: that costs less to write."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {"at": at, "new": True})
        if some_known():
            forget_plans()
            cursor.execute(KEEP + IN_PLACE_OF_OTHERS, {"at": at, "new": False})

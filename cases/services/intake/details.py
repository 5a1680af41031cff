"""Contact details as Kela knows them, beside what was entered here, which they never overwrite."""

import datetime

from django.db import connection

from cases.services.intake.people import some_known
from cases.services.intake.tables import forget_plans

# The latest knowledge counts, whatever the order in which it arrives; of one day the one that came last.
# A value that is the same keeps its mark of having been looked at.
KEEP = """
    INSERT INTO cases_contactdetail (municipality_id, client_id, kind, source, value, postal_code, post_office,
        known_on, dismissed, entered_at)
    SELECT DISTINCT ON (p.client_id, d.kind) d.municipality_id, p.client_id, d.kind, 'kela', d.value, d.postal_code,
        d.post_office, d.known_on, false, %(at)s
    FROM intake_detail d JOIN intake_person p USING (municipality_id, identity_index)
    WHERE p.is_new = %(new)s
    ORDER BY p.client_id, d.kind, d.known_on DESC, d.position DESC
"""
IN_PLACE_OF_OTHERS = """
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

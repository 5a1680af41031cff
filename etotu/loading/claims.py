"""What becomes of a number that an upload claimed, once a row of Kela's own channel has it (rule 12).

Of the same person and municipality the notice is Kela's from then on. Of another it stays what it is, beside
Kela's, and is told of: its matter is marked, the admins of its municipality and of the installation get an alert.
"""

import datetime

from django.db import connection

from etotu.loading.known import Trust

ADOPT = """
    UPDATE etotu_notice n SET claimed_in = NULL
    FROM etotu_known k
    WHERE n.sender = %(sender)s AND n.number = k.number AND n.claimed_in = k.claimed_in AND EXISTS (
        SELECT FROM etotu_handled h JOIN etotu_staged s USING (pos)
        WHERE h.number = k.number AND h.unlike IS NULL AND s.faults IS NULL AND (%(kelas)s OR h.pos = ANY (%(free)s)))
"""
TELL = """
    WITH told AS (
        UPDATE etotu_notice n SET flags = n.flags || '[{"field": "tunnus", "code": "number_of_kela"}]'::jsonb
        FROM (
            SELECT DISTINCT number FROM etotu_handled WHERE applied AND (%(kelas)s OR pos = ANY (%(free)s))
        ) h
        WHERE n.sender = %(sender)s AND n.number = h.number AND n.claimed_in IS NOT NULL AND n.past_hop IS NULL
            AND NOT n.flags @> '[{"code": "number_of_kela"}]'::jsonb
        RETURNING n.municipality_id, n.first_batch_id
    )
    INSERT INTO etotu_alert (municipality_id, kind, batch_id, created_at)
    SELECT DISTINCT place, 'claimed', first_batch_id, %(at)s::timestamptz
    FROM told, LATERAL (VALUES (municipality_id), (NULL)) AS to_whom (place)
    ON CONFLICT DO NOTHING
"""


def settle_claims(sender: str, trust: Trust, at: datetime.datetime) -> None:
    """In the whole scope, after the rows have been entered."""
    values = {"sender": sender, "at": at, **trust.values}
    with connection.cursor() as cursor:
        cursor.execute(ADOPT, values)
        cursor.execute(TELL, values)

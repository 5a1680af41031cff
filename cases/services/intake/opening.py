"""New matters with their deadlines."""

import datetime

from django.db import connection

FIND_CLIENT = """
    UPDATE intake_matter i SET
        client_id = p.client_id, matter_id = nextval(pg_get_serial_sequence('cases_matter', 'id'))
    FROM intake_person p
    WHERE i.is_new AND p.municipality_id = i.municipality_id AND p.identity_index = i.identity_index
"""
OPEN = """
    INSERT INTO cases_matter (id, municipality_id, client_id, kind, source, arrived, created_at, urgent, summary,
        description, seen_by_assignee, state, due, outcome, changed_after_closing, attempts, version)
    SELECT i.matter_id, i.municipality_id, i.client_id, i.kind, %s, %s, %s, i.urgent, '', '', true, 'new',
        (SELECT min(p.due) FROM intake_plan p WHERE p.plan = i.plan), '', false, 0, 1
    FROM intake_matter i WHERE i.is_new ORDER BY i.matter_id
"""
SET_DEADLINES = """
    INSERT INTO cases_deadline (municipality_id, matter_id, duty, counted_from, counted_from_what, working_days, due,
        "outer", local)
    SELECT i.municipality_id, i.matter_id, p.duty, p.counted_from, p.counted_from_what, p.working_days, p.due,
        p.outer_limit, p.local
    FROM intake_matter i JOIN intake_plan p USING (plan) WHERE i.is_new ORDER BY i.matter_id
"""


def open_matters(source: str, arrived: datetime.date, at: datetime.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FIND_CLIENT)
        cursor.execute(OPEN, [source, arrived, at])
        cursor.execute(SET_DEADLINES)

"""New matters with their deadlines."""

import datetime

from django.db import connection

OPEN = """
    INSERT INTO cases_matter (id, municipality_id, client_id, kind, source, arrived, created_at, urgent, summary,
        description, unit_id, assignee_id, assigned_at, seen_by_assignee, state, due, outcome, changed_after_closing,
        routed, held_since, attempts, version)
    SELECT i.matter_id, i.municipality_id, i.client_id, i.kind, %(source)s, %(arrived)s, %(at)s, i.urgent, '', '',
        i.unit_id, i.assignee_id, CASE WHEN i.assignee_id IS NOT NULL THEN %(at)s END, i.assignee_id IS NULL, 'new',
        p.due, '', false, i.routed, CASE WHEN i.held THEN %(arrived)s END, 0, 1
    FROM intake_matter i LEFT JOIN (SELECT plan, min(due) AS due FROM intake_plan GROUP BY plan) p USING (plan)
    WHERE i.is_new ORDER BY i.matter_id
"""
# a rule only proposes a partner: a person tells the partner, the matter stays in the queue
PROPOSE = """
    WITH proposed AS (
        INSERT INTO cases_handover (municipality_id, client_id, matter_id, partner_id, state, told, created_at, answer,
            version)
        SELECT i.municipality_id, i.client_id, i.matter_id, i.partner_id, 'proposed', '', %(at)s, '', 1
        FROM intake_matter i WHERE i.is_new AND i.partner_id IS NOT NULL ORDER BY i.matter_id
        RETURNING id, municipality_id, client_id, matter_id, partner_id
    )
    INSERT INTO cases_event (municipality_id, client_id, matter_id, kind, actor_id, at, data)
    SELECT r.municipality_id, r.client_id, r.matter_id, 'handover.proposed', NULL, %(at)s,
        jsonb_build_object('handover', r.id, 'partner', p.id, 'name', p.name)
    FROM proposed r JOIN cases_partner p ON p.id = r.partner_id ORDER BY r.id
"""
SET_DEADLINES = """
    INSERT INTO cases_deadline (municipality_id, matter_id, duty, counted_from, counted_from_what, working_days, due,
        "outer", local)
    SELECT i.municipality_id, i.matter_id, p.duty, p.counted_from, p.counted_from_what, p.working_days, p.due,
        p.outer_limit, p.local
    FROM intake_matter i JOIN intake_plan p USING (plan) WHERE i.is_new ORDER BY i.matter_id
"""


def open_matters(source: str, arrived: datetime.date, at: datetime.datetime) -> None:
    values: dict[str, str | datetime.date] = {"source": source, "arrived": arrived, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(OPEN, values)
        cursor.execute(SET_DEADLINES)
        cursor.execute(PROPOSE, values)

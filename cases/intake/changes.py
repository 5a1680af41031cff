"""A new version of what a matter is about: work already done stays, a closed matter stays closed."""

import datetime

from django.db import connection

from cases.deadlines.settling import settle_deadlines
from cases.intake.tables import forget_plans
from cases.models import Matter

# Looked up one by one: of a table that has grown in this transaction the planner knows nothing.
KNOWN = (
    "m.id = ANY (ARRAY(SELECT matter_id FROM intake_matter WHERE NOT is_new)) AND m.id = i.matter_id AND NOT i.is_new"
)
MARK_CLOSED = f"""
    UPDATE cases_matter m SET changed_after_closing = true, version = m.version + 1
    FROM intake_matter i WHERE {KNOWN} AND i.was_closed
"""  # noqa: S608 - only words of this module
# A duty that is no more goes, unless it was met or its day had passed: that it was missed stays true. The time that
# runs after a request for information is not Kela's to change.
DROP = """
    DELETE FROM cases_deadline WHERE id = ANY (ARRAY(
        SELECT d.id FROM intake_matter i,
            LATERAL (SELECT * FROM cases_deadline WHERE matter_id = i.matter_id OFFSET 0) d
        WHERE NOT i.is_new AND NOT i.was_closed AND d.met_on IS NULL AND d.due >= %s
            AND NOT EXISTS (SELECT FROM intake_plan p WHERE p.plan = i.plan AND p.duty = d.duty)
            AND NOT (d.duty = 'decide_asked' AND i.kind = 'application')
    ))
"""
SET_ANEW = """
    INSERT INTO cases_deadline AS d (municipality_id, matter_id, duty, counted_from, counted_from_what, working_days,
        due, "outer", local)
    SELECT i.municipality_id, i.matter_id, p.duty, p.counted_from, p.counted_from_what, p.working_days, p.due,
        p.outer_limit, p.local
    FROM intake_matter i JOIN intake_plan p USING (plan) WHERE NOT i.is_new AND NOT i.was_closed
    ON CONFLICT (matter_id, duty) WHERE duty <> 'decide_asked' DO UPDATE SET
        counted_from = excluded.counted_from, counted_from_what = excluded.counted_from_what,
        working_days = excluded.working_days, due = excluded.due, "outer" = excluded.outer, local = excluded.local
    WHERE (d.counted_from, d.counted_from_what, d.due)
        <> (excluded.counted_from, excluded.counted_from_what, excluded.due)
"""
# what has become urgent, or fallen under a deadline of the law, waits for capacity no more
RELEASE = f"""
    WITH released AS (
        UPDATE cases_matter m SET held_since = NULL
        FROM intake_matter i
        WHERE {KNOWN} AND NOT i.was_closed AND m.held_since IS NOT NULL
            AND (i.urgent OR EXISTS (SELECT FROM intake_plan p WHERE p.plan = i.plan AND NOT p.local))
        RETURNING m.municipality_id, m.client_id, m.id
    )
    INSERT INTO cases_event (municipality_id, client_id, matter_id, kind, actor_id, at, data)
    SELECT municipality_id, client_id, id, 'matter.hold_released', NULL, %s, '{{"why": "changed"}}' FROM released
"""  # noqa: S608 - only words of this module
# Whoever has the matter is told anew. One that the change leaves without any date is looked at today.
CHANGE = f"""
    UPDATE cases_matter m SET kind = i.kind, urgent = i.urgent, version = m.version + 1,
        seen_by_assignee = m.assignee_id IS NULL, due = left_of.due,
        remind_on = CASE WHEN COALESCE(left_of.due, m.waiting_until, m.remind_on, m.time_on) IS NULL
            THEN %s ELSE m.remind_on END
    FROM intake_matter i,
        LATERAL (
            SELECT min(d.due) AS due FROM cases_deadline d WHERE d.matter_id = i.matter_id AND d.met_on IS NULL
        ) left_of
    WHERE {KNOWN} AND NOT i.was_closed
"""  # noqa: S608 - only words of this module
WORKED_ON = """
    SELECT i.matter_id FROM intake_matter i WHERE NOT i.is_new AND NOT i.was_closed
        AND EXISTS (SELECT FROM cases_event e WHERE e.matter_id = i.matter_id AND e.actor_id IS NOT NULL)
"""


def change_matters(arrived: datetime.date, at: datetime.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM intake_matter WHERE NOT is_new)")
        if not (cursor.fetchone() or (False,))[0]:
            return
        forget_plans()
        cursor.execute(MARK_CLOSED)
        cursor.execute(DROP, [arrived])
        cursor.execute(SET_ANEW)
        forget_plans()
        cursor.execute(RELEASE, [at])
        forget_plans()
        cursor.execute(CHANGE, [arrived])
        cursor.execute(WORKED_ON)
        worked_on = [row[0] for row in cursor.fetchall()]
    # few in any batch: those on which somebody has worked, whose contacts may meet a new duty
    for matter in Matter.objects.filter(pk__in=worked_on).order_by("pk").iterator():
        settle_deadlines(matter)

"""The deadlines of incoming matters: worked out once for each combination of facts, in `cases.deadlines.rules`."""

import datetime
from collections.abc import Iterable

from django.db import connection

from cases.deadlines.rules import NewDeadline, deadlines_for
from cases.intake.tables import analyse
from cases.models.deadline import Duty
from core.copying import copying
from core.working_days import WorkingDayReading

URGENT_DUTIES = (Duty.DECIDE_URGENT, Duty.ASSESS_URGENT)

# A matter that is there keeps the day of its first arrival. Its urgent clock runs from the arrival of the version
# that made it urgent; a clock that has run out, or that was met, is not set anew.
RECALL = """
    UPDATE intake_matter i SET
        is_new = false,
        client_id = m.client_id,
        was_closed = m.closed_at IS NOT NULL,
        arrived = m.arrived,
        created_on = LEAST(i.created_on, (
            SELECT d.counted_from FROM cases_deadline d WHERE d.matter_id = m.id AND d.duty = 'discuss')),
        urgent_from = CASE WHEN i.urgent THEN COALESCE((
            SELECT d.counted_from FROM cases_deadline d WHERE d.matter_id = m.id AND d.duty = ANY (%(urgent)s)
                AND (m.urgent AND i.stays_urgent OR d.met_on IS NOT NULL OR d.due < %(arrived)s)
            ORDER BY d.counted_from LIMIT 1
        ), CASE WHEN m.urgent AND i.stays_urgent THEN m.arrived ELSE %(arrived)s END) END
    FROM intake_matter known,
        LATERAL (SELECT * FROM cases_matter WHERE id = known.matter_id OFFSET 0) m
    WHERE i.matter_id = m.id
"""
FACTS = """
    kind, urgent, over_75, wants_discussion, CASE WHEN wants_discussion THEN requested_on END,
    CASE WHEN wants_discussion AND requested_on IS NULL THEN created_on END, arrived,
    CASE WHEN urgent THEN COALESCE(urgent_from, arrived) END, COALESCE(l.working_days, 'strict')
"""
WITH_READING = "intake_matter LEFT JOIN municipalities_localsettings l USING (municipality_id)"
# Each matter gets its plan, a new one its client and its key too: all at once, since each change of the table writes
# all of it anew.
NUMBER = f"""
    WITH planned AS (
        SELECT ref, position, is_new, municipality_id, identity_index, dense_rank() OVER (ORDER BY {FACTS}) AS plan
        FROM {WITH_READING} WHERE NOT was_closed
    ), in_order AS (
        SELECT planned.ref, planned.plan, planned.is_new, p.client_id
        FROM planned LEFT JOIN intake_person p USING (municipality_id, identity_index)
        ORDER BY planned.position OFFSET 0
    ), numbered AS MATERIALIZED (
        SELECT ref, plan, is_new, client_id, CASE WHEN is_new THEN nextval((
            SELECT pg_get_serial_sequence('cases_matter', 'id')::regclass)) END AS matter_id
        FROM in_order
    )
    UPDATE intake_matter i SET plan = n.plan,
        client_id = CASE WHEN n.is_new THEN n.client_id ELSE i.client_id END,
        matter_id = CASE WHEN n.is_new THEN n.matter_id ELSE i.matter_id END
    FROM numbered n WHERE n.ref = i.ref
"""  # noqa: S608 - only words of this module
COLUMNS = "(plan, duty, counted_from, counted_from_what, working_days, due, outer_limit, local)"


def plan_deadlines(arrived: datetime.date) -> None:
    """Fill `intake_plan`, say for each matter which plan is its own, and give each new one its client and its key."""
    values: dict[str, datetime.date | list[str]] = {"arrived": arrived, "urgent": [str(d) for d in URGENT_DUTIES]}
    with connection.cursor() as cursor:
        cursor.execute(RECALL, values)
        cursor.execute(NUMBER)
        cursor.execute(f"SELECT DISTINCT plan, {FACTS} FROM {WITH_READING} WHERE plan IS NOT NULL")  # noqa: S608
        plans = [(row[0], worked_out(*row[1:])) for row in cursor.fetchall()]
        with copying(f"COPY intake_plan {COLUMNS} FROM STDIN") as copy:
            for plan, deadlines in plans:
                for d in deadlines:
                    what = (d.counted_from, d.counted_from_what.value, d.working_days, d.due, d.outer, d.local)
                    copy.write_row((plan, d.duty.value, *what))
    analyse("intake_plan", "intake_matter")


def worked_out(
    kind: str,
    urgent: bool,
    over_75: bool,
    wants_discussion: bool,
    requested_on: datetime.date | None,
    created_on: datetime.date | None,
    arrived: datetime.date,
    urgent_from: datetime.date | None,
    reading: str,
) -> Iterable[NewDeadline]:
    """One that became urgent later keeps the clock of its first arrival beside the urgent one."""
    later = urgent and urgent_from is not None and urgent_from > arrived
    found = deadlines_for(
        kind,
        arrived,
        urgent=urgent and not later,
        over_75=over_75,
        wants_discussion=wants_discussion,
        requested_on=requested_on,
        created_on=created_on,
        reading=WorkingDayReading(reading),
    )
    if later and urgent_from is not None:
        duties = {d.duty for d in found}
        urgent_ones = deadlines_for(kind, urgent_from, urgent=True, over_75=over_75, reading=WorkingDayReading(reading))
        found += tuple(d for d in urgent_ones if d.duty not in duties)
    return found

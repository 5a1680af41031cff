"""The counting of days in SQL, one select for each flow: what the daily flows store, and what is read of stale days.

Parameters: `municipality`, `days` (an array of days, unless the array is given as SQL), `working_days` (in order, from
the first of the days on) and `now`. Each gives day, measure, kind, detail, n, restricted.

| flow | measure | kind | detail |
|---|---|---|---|
| arrived: notices from Kela by the day of arrival | notices | of the matter | outcome, "" while open |
| | urgent | of the matter | "yes" |
| | tried | of the matter | working days to the first contact, or "none" |
| | reached | of the matter | working days to the first contact that reached, or "none" |
| | decision | application | days from Kela's decision to arrival, or "none" |
| due: deadlines by their shown day | deadlines | duty | kept, within (the outer limit), late |
| met: appointments that the office did not cancel | attendance | of the matter, "" without one | "age group.state" |

Deadlines of a matter that went back to the municipality that it came from are left out.
"""

import datetime
from collections.abc import Collection
from typing import Any, Final

from django.utils import timezone

from cases.models.appointment import AppointmentState
from cases.models.contact import ContactOutcome
from cases.models.matter import MatterSource
from cases.models.transfer import BACK
from core.working_days import working_days_since
from reports.flows.ages import AgeGroup
from reports.flows.among import EVERYBODY, Among
from reports.flows.measures import NOT_YET, YES, Attended, Ended, Measure
from reports.models import Flow

HELSINKI: Final = "AT TIME ZONE 'Europe/Helsinki'"
WENT_BACK: Final = ", ".join(f"'{state}'" for state in BACK)
OF_CLIENTS: Final = "count(*) AS n, count(*) FILTER (WHERE c.restricted) AS restricted"


def _working_days(moment: str) -> str:
    """As `core.working_days.working_days_between`: how many of the array are after arrival, up to that day."""
    day = f"({moment} {HELSINKI})::date"
    days = f"width_bucket({day}, %(working_days)s::date[]) - width_bucket(m.arrived, %(working_days)s::date[])"
    return f"CASE WHEN {moment} IS NULL THEN '{NOT_YET}' ELSE GREATEST({days}, 0)::text END"


def _age_group(day: str) -> str:
    """The client's, by full years on the day."""
    years = f"date_part('year', age({day}, c.birth_date))"
    bounds = [(group, group.years[1]) for group in AgeGroup if group.years]
    words = " ".join(f"WHEN {years} < {above} THEN '{group}'" for group, above in bounds if above is not None)
    last = next(group for group, above in bounds if above is None)
    return f"CASE WHEN c.birth_date IS NULL THEN '{AgeGroup.UNKNOWN}' {words} ELSE '{last}' END"


DAY_OF_APPOINTMENT: Final = f"(a.at {HELSINKI})::date"
ARRIVED: Final = f"""
    SELECT m.arrived AS day, x.measure, m.kind, x.detail, {OF_CLIENTS}
    FROM cases_matter m
        JOIN cases_client c ON c.id = m.client_id
        LEFT JOIN etotu_notice o ON o.matter_id = m.id AND m.kind = 'application'
        CROSS JOIN LATERAL (
            SELECT min(at) AS tried, min(at) FILTER (WHERE outcome = '{ContactOutcome.REACHED}') AS reached
            FROM cases_contact WHERE matter_id = m.id
        ) k
        CROSS JOIN LATERAL (SELECT (o.content -> 'application' ->> 'decision_date')::date AS day) d
        CROSS JOIN LATERAL (VALUES
            ('{Measure.NOTICES}', m.outcome),
            ('{Measure.URGENT}', CASE WHEN m.urgent THEN '{YES}' END),
            ('{Measure.TRIED}', {_working_days("k.tried")}),
            ('{Measure.REACHED}', {_working_days("k.reached")}),
            ('{Measure.DECISION}', CASE WHEN m.kind = 'application' THEN
                CASE WHEN d.day <= m.arrived THEN (m.arrived - d.day)::text ELSE '{NOT_YET}' END END)
        ) AS x (measure, detail)
    WHERE m.municipality_id = %(municipality)s AND m.arrived = ANY ({{days}}) AND m.source = '{MatterSource.KELA}'
        AND x.detail IS NOT NULL AND {{among}}
    GROUP BY m.arrived, x.measure, m.kind, x.detail
"""  # noqa: S608 - only words of this program
DUE: Final = f"""
    SELECT d.due AS day, '{Measure.DEADLINES}' AS measure, d.duty AS kind,
        CASE WHEN d.met_on <= d.due THEN '{Ended.KEPT}' WHEN d.met_on <= d.outer THEN '{Ended.WITHIN}'
            ELSE '{Ended.LATE}' END AS detail,
        {OF_CLIENTS}
    FROM cases_deadline d JOIN cases_matter m ON m.id = d.matter_id JOIN cases_client c ON c.id = m.client_id
    WHERE d.municipality_id = %(municipality)s AND d.due = ANY ({{days}}) AND {{among}} AND NOT EXISTS (
        SELECT FROM cases_transfer t WHERE t.matter_id = m.id AND t.incoming AND t.state IN ({WENT_BACK})
    )
    GROUP BY 1, 3, 4
"""  # noqa: S608 - only words of this program
APPOINTMENTS_OF_DAYS: Final = f"""unnest({{days}}) AS w (day)
        JOIN cases_appointment a ON a.municipality_id = %(municipality)s
            AND a.at >= w.day::timestamp {HELSINKI} AND a.at < (w.day + 1)::timestamp {HELSINKI}
"""
APPOINTMENTS_OF_PERIOD: Final = f"""cases_appointment a
        JOIN LATERAL (SELECT {DAY_OF_APPOINTMENT} AS day) AS w ON a.municipality_id = %(municipality)s
            AND a.at >= %(first)s::date::timestamp {HELSINKI} AND a.at < (%(last)s::date + 1)::timestamp {HELSINKI}
"""
EACH_DAY: Final = "ARRAY(SELECT generate_series(%(first)s::date, %(last)s::date, interval '1 day')::date)"
MET: Final = f"""
    SELECT w.day, '{Measure.ATTENDANCE}' AS measure, COALESCE(m.kind, '') AS kind,
        {Attended.in_sql(_age_group(DAY_OF_APPOINTMENT), "a.state")} AS detail, {OF_CLIENTS}
    FROM {{appointments}}
        JOIN cases_client c ON c.id = a.client_id
        LEFT JOIN cases_matter m ON m.id = a.matter_id
    WHERE a.at <= %(now)s AND a.state <> '{AppointmentState.CANCELLED_BY_OFFICE}' AND {{among}}
    GROUP BY 1, 3, 4
"""  # noqa: S608 - only words of this program
_SELECTS: Final[dict[Flow, str]] = {Flow.ARRIVED: ARRIVED, Flow.DUE: DUE, Flow.MET: MET}


_DAYS: Final[dict[Flow, str]] = {Flow.ARRIVED: "m.arrived", Flow.DUE: "d.due", Flow.MET: DAY_OF_APPOINTMENT}


def counting(flow: Flow, days: str = "%(days)s::date[]") -> str:
    """The select of a flow; `days` is the SQL of the array of days."""
    return _select(flow, days, APPOINTMENTS_OF_DAYS.format(days=days), EVERYBODY)


def counting_among(flow: Flow, among: Among) -> str:
    """The select of a flow from its parameter `first` to its `last`, of these people only.

    Appointments are found by the period: so many days would each be looked for beside each appointment.
    """
    return _select(flow, EACH_DAY, APPOINTMENTS_OF_PERIOD, among)


def _select(flow: Flow, days: str, appointments: str, among: Among) -> str:
    conditions = among.conditions("m.unit_id", _age_group(_DAYS[flow]))
    return _SELECTS[flow].format(days=days, appointments=appointments, among=conditions)


def parameters(municipality: int, days: Collection[datetime.date]) -> dict[str, Any]:
    """What the selects ask for; `days` may be wider than those that are counted."""
    # a contact may be written down two minutes ahead of this clock
    last = timezone.localdate() + datetime.timedelta(days=1)
    return {
        "municipality": municipality,
        "days": list(days),
        "working_days": working_days_since(min(days, default=last), last),
        "now": timezone.now(),
    }

"""Reading the daily flows: stored counts of the days that are fresh, the rows themselves of those that are not.

One statement sees one state of the database, so the numbers are those of the rows at that moment. What is asked of a
unit or an age group only is counted from the rows, as no day is stored by them.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection
from django.utils import timezone

from core.periods import Period
from reports.flows.among import EVERYBODY, Among
from reports.flows.measures import Measure
from reports.flows.sql import counting, counting_among, parameters
from reports.models import Flow

READ: Final = """
    WITH stale AS MATERIALIZED (
        SELECT DISTINCT day FROM (
            SELECT day FROM reports_staleday
            WHERE municipality_id = %(municipality)s AND flow = %(flow)s
            UNION ALL SELECT %(today)s::date WHERE %(flow)s = 'met'
        ) AS marked WHERE day BETWEEN %(first)s AND %(last)s
    )
    SELECT width_bucket(day, %(starts)s::date[]), measure, kind, detail,
        sum(n - CASE WHEN %(with_restricted)s THEN 0 ELSE restricted END)::int
    FROM (
        SELECT day, measure, kind, detail, n, restricted FROM reports_dailyflow f
        WHERE municipality_id = %(municipality)s AND flow = %(flow)s AND measure = ANY (%(measures)s)
            AND day BETWEEN %(first)s AND %(last)s AND NOT EXISTS (SELECT FROM stale WHERE stale.day = f.day)
        UNION ALL
        SELECT day, measure, kind, detail, n, restricted FROM ({counting}) AS counted
        WHERE measure = ANY (%(measures)s)
    ) AS days
    GROUP BY 1, 2, 3, 4
"""
READ_AMONG: Final = """
    SELECT width_bucket(day, %(starts)s::date[]), measure, kind, detail,
        sum(n - CASE WHEN %(with_restricted)s THEN 0 ELSE restricted END)::int
    FROM ({counting}) AS counted
    WHERE measure = ANY (%(measures)s)
    GROUP BY 1, 2, 3, 4
"""


@dataclass(slots=True)
class Counts:
    """The counts of a period by measure, kind and detail."""

    by: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def of(self, measure: Measure, kinds: Iterable[str] | None = None) -> Counter[str]:
        """By detail, of some kinds or of all."""
        wanted = None if kinds is None else set(kinds)
        found: Counter[str] = Counter()
        for (name, kind, detail), n in self.by.items():
            if name == measure and (wanted is None or kind in wanted):
                found[detail] += n
        return found

    def kinds(self, measure: Measure) -> Counter[str]:
        """By kind, whatever the detail."""
        found: Counter[str] = Counter()
        for (name, kind, _detail), n in self.by.items():
            if name == measure:
                found[kind] += n
        return found


def read(
    municipality: int,
    measures: Sequence[Measure],
    periods: Sequence[Period],
    *,
    restricted: bool,
    among: Among = EVERYBODY,
) -> list[Counts]:
    """The counts of each of some periods that follow each other without a gap, oldest first, of measures of one flow.

    Deadlines count when their day is past, appointments when their time is.
    """
    (flow,) = {measure.flow for measure in measures}
    found = [Counts() for _ in periods]
    first, last = periods[0].first, min(periods[-1].last, _last_day(flow))
    if first > last:
        return found
    values = parameters(municipality, [first]) | {
        "flow": flow.value,
        "measures": [measure.value for measure in measures],
        "first": first,
        "last": last,
        "today": timezone.localdate(),
        "starts": [period.first for period in periods],
        "with_restricted": restricted,
    }
    if among:
        values |= among.parameters
        statement = READ_AMONG.format(counting=counting_among(flow, among))
    else:
        statement = READ.format(counting=counting(flow, "ARRAY(SELECT day FROM stale)"))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for part, measure, kind, detail, n in cursor.fetchall():
            if n:
                found[part - 1].by[measure, kind, detail] += n
    return found


def _last_day(flow: Flow) -> datetime.date:
    today = timezone.localdate()
    match flow:
        case Flow.ARRIVED:
            return datetime.date.max
        case Flow.DUE:
            return today - datetime.timedelta(days=1)
        case Flow.MET:
            return today

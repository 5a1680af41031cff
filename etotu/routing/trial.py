"""A rule tried on a month that has been: how many notices would begin elsewhere. Nothing is written."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from etotu.models import RoutingRule
from etotu.routing.in_force import applicable, in_force
from etotu.routing.route import FIRST_MATCH, POSTAL_CODE
from municipalities.models.membership import CASEWORK

AT_MOST = 20_000
"""The latest of the month: the page answers in seconds in the largest municipality too."""

# As the facts of new matters in `routing`, read from what is stored today. Restricted clients are in no number.
PAST = """
    SELECT m.id AS ref, m.municipality_id, m.kind, m.urgent, c.language, c.employment_trial,
        extract(year FROM age(m.arrived, c.birth_date))::int AS age, {postal_code} AS postal_code,
        w.id IS NOT NULL AS has_own_worker,
        NOT m.urgent AND NOT EXISTS (
            SELECT FROM cases_deadline d WHERE d.matter_id = m.id AND NOT d.local) AS can_wait,
        w.user_id IS NOT NULL AND EXISTS (
            SELECT FROM municipalities_membership s JOIN accounts_user u ON u.id = s.user_id AND u.is_active
            WHERE s.user_id = w.user_id AND s.municipality_id = m.municipality_id AND s.role = ANY (%(casework)s)
                AND s.starts <= %(today)s AND (s.ends IS NULL OR s.ends >= %(today)s)) AS apart
    FROM (
        SELECT n.* FROM cases_matter n JOIN cases_client k ON k.id = n.client_id AND NOT k.restricted
        WHERE n.municipality_id = %(municipality)s AND n.source = 'kela' AND n.arrived BETWEEN %(first)s AND %(last)s
        ORDER BY n.arrived DESC, n.id DESC LIMIT {limit}
    ) m JOIN cases_client c ON c.id = m.client_id
        LEFT JOIN cases_ownworker w ON w.client_id = m.client_id AND w.ended IS NULL
"""
COUNT = """
    WITH facts AS MATERIALIZED ({past}), present AS ({present}), tried AS ({tried})
    SELECT f.apart, present.rule_id, tried.rule_id, count(*)
    FROM facts f LEFT JOIN present USING (ref) LEFT JOIN tried USING (ref) GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Flow:
    """So many notices; a rule of None leaves them without one, in the common queue."""

    from_rule: RoutingRule | None
    to_rule: RoutingRule | None
    n: int


@dataclass(frozen=True, slots=True)
class Trial:
    """`total` notices; `apart` go to an own worker, and none of the `rules` is asked."""

    total: int
    apart: int
    flows: list[Flow]
    rules: tuple[RoutingRule, ...]
    cut: bool

    @property
    def moved(self) -> int:
        return sum(flow.n for flow in self.flows)


def try_rule(rule: RoutingRule, first: datetime.date, last: datetime.date) -> Trial:
    """The rules in use today, once without and once with this one, as if they had been in force in those days.

    Own workers, languages, addresses and marks are those of today.
    """
    today = timezone.localdate()
    own = RoutingRule.objects.filter(municipality=rule.municipality_id)
    present = applicable((in_force(today) & own).exclude(pk=rule.pk))
    tried = applicable(own.filter(pk__in=[*present.ids, rule.pk]))
    by_id = {one.pk: one for one in tried.rules}
    facts = "(SELECT * FROM facts WHERE NOT apart)"
    statement = COUNT.format(
        past=PAST.format(postal_code=POSTAL_CODE if tried.by_area else "''", limit=AT_MOST),
        present=FIRST_MATCH.format(facts=facts, rules="%(present)s"),
        tried=FIRST_MATCH.format(facts=facts, rules="%(tried)s"),
    )
    values: dict[str, Any] = {
        "municipality": rule.municipality_id,
        "first": first,
        "last": last,
        "today": today,
        "casework": [str(role) for role in CASEWORK],
        "present": present.ids,
        "tried": tried.ids,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[bool, int | None, int | None, int]] = cursor.fetchall()
    total = sum(row[3] for row in rows)
    return Trial(total, sum(row[3] for row in rows if row[0]), flows(rows, by_id), tried.rules, cut=total == AT_MOST)


def flows(rows: list[tuple[bool, int | None, int | None, int]], rules: dict[int, RoutingRule]) -> list[Flow]:
    """The largest first; two rules that lead to the same desk are no move."""
    counted: Counter[tuple[int | None, int | None]] = Counter()
    for _apart, before, after, n in rows:
        if desk(rules.get(before or 0)) != desk(rules.get(after or 0)):
            counted[before, after] += n
    return [Flow(rules.get(before or 0), rules.get(after or 0), n) for (before, after), n in counted.most_common()]


def desk(rule: RoutingRule | None) -> tuple[str, int | None, int | None, int | None] | None:
    return (str(rule.target), rule.to_unit_id, rule.to_user_id, rule.to_partner_id) if rule else None

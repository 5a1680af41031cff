"""Where new matters begin: with the client's own worker, else where the municipality's rules say.

A restricted client goes to nobody but an own worker who is named to see it: no rule is applied to it.
"""

import datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from cases import intake
from etotu.routing.in_force import Applicable, applicable, in_force
from municipalities.models.membership import CASEWORK

OWN_WORKER: Final = "own_worker"
"""In place of a rule's reason: the matter went to the client's own worker."""

# the unit of the own worker is one that has not ended; a person without a unit has the matters of all
TO_OWN_WORKERS = """
    UPDATE intake_matter i SET assignee_id = w.user_id, unit_id = desk.unit_id, routed = %(words)s
    FROM intake_person p
        JOIN cases_ownworker w ON w.client_id = p.client_id AND w.ended IS NULL
        JOIN cases_client c ON c.id = p.client_id
        JOIN accounts_user u ON u.id = w.user_id AND u.is_active,
        LATERAL (
            SELECT min(unit.id) AS unit_id FROM municipalities_membership m
                LEFT JOIN municipalities_unit unit ON unit.id = m.unit_id AND unit.ended IS NULL
            WHERE m.user_id = w.user_id AND m.municipality_id = p.municipality_id AND m.role = ANY (%(casework)s)
                AND m.starts <= %(today)s AND (m.ends IS NULL OR m.ends >= %(today)s)
            HAVING count(*) > 0
        ) desk
    WHERE i.is_new AND i.client_id = p.client_id AND NOT p.is_new
        AND (NOT c.restricted OR EXISTS (
            SELECT FROM cases_restrictedaccess a
            WHERE a.client_id = c.id AND a.user_id = w.user_id AND a.ended IS NULL))
"""
# Under turvakielto there is no postal code: the unit of a matter would tell where the client lives.
# An address that was entered here goes before Kela's, and that before what came along from another municipality.
POSTAL_CODE = """
    CASE WHEN c.non_disclosure THEN '' ELSE COALESCE((
        SELECT d.postal_code FROM cases_contactdetail d
        WHERE d.client_id = c.id AND d.kind = 'address' AND d.postal_code <> '' AND NOT d.dismissed
        ORDER BY d.source = 'here' DESC, d.source = 'kela' DESC LIMIT 1), '') END
"""
# {facts} has one row for each matter that is looked for: a key `ref` and what the rules ask of
FIRST_MATCH = """
    SELECT DISTINCT ON (f.ref) f.ref, r.id AS rule_id
    FROM {facts} f JOIN etotu_routingrule r ON r.municipality_id = f.municipality_id AND r.id = ANY ({rules})
        AND (r.kinds = '{{}}' OR f.kind = ANY (r.kinds))
        AND (r.urgent IS NULL OR r.urgent = f.urgent)
        AND (r.age_from IS NULL OR r.age_from <= f.age)
        AND (r.age_to IS NULL OR r.age_to >= f.age)
        AND (r.languages = '{{}}' OR f.language = ANY (r.languages))
        AND (r.has_own_worker IS NULL OR r.has_own_worker = f.has_own_worker)
        AND (r.employment_trial IS NULL OR r.employment_trial = f.employment_trial)
        AND (r.target <> 'hold' OR f.can_wait)
        LEFT JOIN municipalities_unit area ON area.id = r.area_id
    WHERE r.area_id IS NULL OR f.postal_code = ANY (area.postal_codes)
    ORDER BY f.ref, r.position, r.id
"""
FACTS = """
    SELECT i.ref, i.municipality_id, i.kind, i.urgent, c.language, c.employment_trial,
        extract(year FROM age(i.arrived, c.birth_date))::int AS age, {postal_code} AS postal_code,
        EXISTS (SELECT FROM cases_ownworker w WHERE w.client_id = c.id AND w.ended IS NULL) AS has_own_worker,
        NOT i.urgent AND NOT EXISTS (SELECT FROM intake_plan p WHERE p.plan = i.plan AND NOT p.local) AS can_wait
    FROM intake_matter i JOIN cases_client c ON c.id = i.client_id
    WHERE i.is_new AND i.assignee_id IS NULL AND NOT c.restricted AND i.municipality_id = ANY (%(municipalities)s)
"""
BY_RULES = """
    UPDATE intake_matter i SET assignee_id = r.to_user_id, unit_id = COALESCE(r.to_unit_id, desk.unit_id),
        partner_id = r.to_partner_id, held = r.target = 'hold', routed = r.reason
    FROM ({matched}) m JOIN etotu_routingrule r ON r.id = m.rule_id
        LEFT JOIN unnest(%(to_people)s::bigint[], %(units)s::bigint[]) AS desk (rule_id, unit_id) ON desk.rule_id = r.id
    WHERE i.ref = m.ref
"""


def route(arrived: datetime.date) -> None:
    """Fill where each new row of `intake_matter` begins; a few statements for any number of rows and rules."""
    to_own_workers()
    found = applicable(in_force(arrived))
    if found.rules:
        by_rules(found)


def to_own_workers() -> None:
    values: dict[str, Any] = {
        "words": OWN_WORKER,
        "casework": [str(role) for role in CASEWORK],
        "today": timezone.localdate(),
    }
    # most loads of a new installation meet nobody who has one
    if intake.some_known():
        with connection.cursor() as cursor:
            cursor.execute(TO_OWN_WORKERS, values)


def by_rules(found: Applicable) -> None:
    facts = FACTS.format(postal_code=POSTAL_CODE if found.by_area else "''")
    matched = FIRST_MATCH.format(facts=f"({facts})", rules="%(rules)s")
    values: dict[str, Any] = {
        "rules": found.ids,
        "municipalities": sorted({rule.municipality_id for rule in found.rules}),
        "to_people": list(found.units),
        "units": list(found.units.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_RULES.format(matched=matched), values)

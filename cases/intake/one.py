"""A new version of one matter, outside a batch."""

import datetime

from django.db import connection

from cases.deadlines.rules import over_75
from cases.intake.changes import change_matters
from cases.intake.plans import plan_deadlines
from cases.intake.tables import make_tables
from cases.models import Matter

FILL = """
    INSERT INTO intake_matter (ref, matter_id, municipality_id, kind, urgent, stays_urgent, over_75, wants_discussion,
        requested_on, created_on)
    VALUES ('', %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def change_one(
    matter: Matter,
    *,
    stays_urgent: bool,
    wants_discussion: bool,
    requested_on: datetime.date | str | None,
    created_on: datetime.date,
    arrived: datetime.date,
    at: datetime.datetime,
) -> None:
    """Bring the deadlines up to the kind and urgency that `matter` has, unsaved; the facts are those of a batch."""
    make_tables()
    facts = (matter.kind, matter.urgent, stays_urgent, over_75(matter.client.birth_date, arrived))
    wish = (wants_discussion, requested_on, created_on if wants_discussion else None)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [matter.pk, matter.municipality_id, *facts, *wish])
    plan_deadlines(arrived)
    change_matters(arrived, at)

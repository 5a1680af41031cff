"""Changing what a municipality has chosen, and what follows for the deadlines that are running."""

import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from core.saving import claim
from core.working_days import WorkingDayReading, nth_working_day
from municipalities.admin_log import log
from municipalities.models import AdminAction, LocalSettings, Municipality

RUNNING = """
    SELECT DISTINCT d.counted_from, d.working_days, d.due
    FROM cases_deadline d JOIN cases_matter m ON m.id = d.matter_id
    WHERE d.municipality_id = %(municipality)s AND d.due >= %(today)s AND d.met_on IS NULL AND m.closed_at IS NULL
"""
MOVE = """
    UPDATE cases_deadline d SET due = %(new)s FROM cases_matter m
    WHERE m.id = d.matter_id AND m.closed_at IS NULL AND d.met_on IS NULL AND d.municipality_id = %(municipality)s
        AND d.due = %(due)s AND d.counted_from = %(counted_from)s AND d.working_days = %(working_days)s
"""
FOLLOW = """
    UPDATE cases_matter m SET due = found.due, version = m.version + 1
    FROM (
        SELECT d.matter_id, min(d.due) AS due FROM cases_deadline d
        WHERE d.met_on IS NULL AND d.municipality_id = %(municipality)s GROUP BY d.matter_id
    ) found
    WHERE m.id = found.matter_id AND m.municipality_id = %(municipality)s AND m.closed_at IS NULL
        AND m.due IS DISTINCT FROM found.due
"""


@transaction.atomic
def change_settings(actor: User, municipality: Municipality, version: int, values: dict[str, Any]) -> list[str]:
    """Save the values that differ and give their names. Raises ChangedMeanwhile when `version` is an older one."""
    LocalSettings.objects.get_or_create(municipality=municipality)
    row = claim(LocalSettings.objects.all(), municipality.pk, version)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return []
    log(AdminAction.Kind.CHANGED_SETTINGS, actor, municipality, fields=changed)
    for name in changed:
        setattr(row, name, values[name])
    row.save()
    if "working_days" in changed:
        recount(municipality, row.reading, timezone.localdate())
    return changed


def recount(municipality: Municipality, reading: WorkingDayReading, today: datetime.date) -> int:
    """Count the running deadlines of open matters by `reading`; gives how many days of them moved.

    Nobody becomes late, or stops being late, by a change of a setting: what is met or was due before today stays,
    and so does a day that would move into the past.
    """
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, {"municipality": municipality.pk, "today": today})
        moved = [
            {"counted_from": start, "working_days": n, "due": due, "new": new, "municipality": municipality.pk}
            for start, n, due in cursor.fetchall()
            if today <= (new := nth_working_day(start, n, reading)) != due
        ]
        for one in moved:
            cursor.execute(MOVE, one)
        if moved:
            cursor.execute(FOLLOW, {"municipality": municipality.pk})
    return len(moved)

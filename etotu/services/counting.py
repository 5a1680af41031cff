"""The counts of a batch and of each municipality's share of it, which always add up."""

from typing import Any

from django.db import connection

from etotu.models import Batch

SUMS = """
    count(*) AS received, count(*) FILTER (WHERE outcome = 'accepted') AS accepted,
    count(*) FILTER (WHERE outcome = 'updated') AS updated, count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
    count(*) FILTER (WHERE outcome = 'stale') AS stale, count(*) FILTER (WHERE outcome = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE differs OR applied AND flags <> '[]'::jsonb) AS flagged
"""
FIELDS = ("received", "accepted", "updated", "duplicate", "stale", "quarantined", "flagged")
TOTAL = f"SELECT {SUMS} FROM etotu_handled JOIN etotu_staged USING (pos)"  # noqa: S608 - only words of this module
SHARES = f"""
    INSERT INTO etotu_batchshare (municipality_id, batch_id, {", ".join(FIELDS)})
    SELECT municipality_id, %s, {SUMS} FROM etotu_handled JOIN etotu_staged USING (pos)
    WHERE municipality_id IS NOT NULL GROUP BY municipality_id
    ON CONFLICT (municipality_id, batch_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in FIELDS)}
"""  # noqa: S608


def count_rows(batch: Batch) -> dict[str, Any]:
    """Writes the shares; gives the counts of the batch itself. A row without a municipality is in no share."""
    with connection.cursor() as cursor:
        cursor.execute(SHARES, [batch.pk])
        cursor.execute(TOTAL)
        return dict(zip(FIELDS, cursor.fetchone() or (), strict=True))

"""The counts of a batch and of each municipality's share of it, which always add up."""

from django.db import connection

from etotu.models import Batch, BatchShare

SUMS = """
    count(*) AS received, count(*) FILTER (WHERE outcome = 'accepted') AS accepted,
    count(*) FILTER (WHERE outcome = 'updated') AS updated, count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
    count(*) FILTER (WHERE outcome = 'stale') AS stale, count(*) FILTER (WHERE outcome = 'quarantined') AS quarantined,
    count(*) FILTER (WHERE differs OR applied AND flags <> '[]'::jsonb) AS flagged
"""
FIELDS = ("received", "accepted", "updated", "duplicate", "stale", "quarantined", "flagged")
BY_PLACE = f"""
    SELECT municipality_id, {SUMS} FROM etotu_handled JOIN etotu_staged USING (pos) GROUP BY municipality_id
"""  # noqa: S608 - only words of this module


class Counts:
    """Of the rows handled so far, by municipality; None is that of the rows without one."""

    def __init__(self) -> None:
        self.by_place: dict[int | None, list[int]] = {}

    @property
    def total(self) -> dict[str, int]:
        sums = [sum(column) for column in zip(*self.by_place.values(), strict=True)] or [0] * len(FIELDS)
        return dict(zip(FIELDS, sums, strict=True))

    @property
    def received(self) -> int:
        return self.total["received"]

    def add_staged(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(BY_PLACE)
            for place, *counts in cursor.fetchall():
                before = self.by_place.get(place, [0] * len(FIELDS))
                self.by_place[place] = [a + b for a, b in zip(before, counts, strict=True)]

    def write_shares(self, batch: Batch) -> None:
        """A row without a municipality is in no share."""
        BatchShare.objects.bulk_create(
            [
                BatchShare(municipality_id=place, batch=batch, **dict(zip(FIELDS, counts, strict=True)))
                for place, counts in self.by_place.items()
                if place is not None
            ],
            update_conflicts=True,
            unique_fields=["municipality", "batch"],
            update_fields=FIELDS,
        )

"""What the installation admin sees of the batches: all of them, and the rows that belong to no municipality."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import QuerySet

from core.row_security import across_municipalities
from etotu.models import BatchShare, QuarantineRow, QuarantineState

UNPLACED = 0


@contextmanager
def own_scope() -> Iterator[None]:
    """What belongs to no municipality: unplaced rows, and the alerts of the installation."""
    with across_municipalities("the installation admin sees what belongs to no municipality", [UNPLACED]):
        yield


@contextmanager
def unplaced_rows() -> Iterator[QuerySet[QuarantineRow]]:
    """Open rows without a usable municipality, to be read inside the block."""
    with across_municipalities("the installation admin sees the rows of no municipality", [UNPLACED]):
        rows = QuarantineRow.objects.filter(municipality=None).select_related("batch")
        yield rows.filter(state=QuarantineState.OPEN).order_by("created_at", "pk")


def unplaced_rows_of(batch_id: int) -> list[QuarantineRow]:
    with across_municipalities("the installation admin sees the rows of no municipality", [UNPLACED]):
        rows = QuarantineRow.objects.filter(municipality=None, batch=batch_id).select_related("batch")
        return list(rows.order_by("position", "pk")[:500])


def shares_of(batch_id: int) -> list[BatchShare]:
    """The counts of each municipality; no row of theirs."""
    with across_municipalities("the installation admin sees the counts of every municipality"):
        shares = BatchShare.objects.filter(batch=batch_id).select_related("municipality")
        return list(shares.order_by("-received", "municipality"))

"""The sweeper: takes up every batch that is unfinished and that no live session holds (rule 6)."""

from etotu.loading.load import load_quietly
from etotu.models import Batch
from etotu.models.batch import UNFINISHED


def sweep() -> int:
    """Load what waits, oldest first; gives how many batches are finished now that were not before."""
    waiting = list(
        Batch.objects.filter(status__in=UNFINISHED).order_by("received_at", "pk").values_list("pk", flat=True)
    )
    return sum(load_quietly(batch_id) for batch_id in waiting)

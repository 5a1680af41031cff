"""Rejected files in whose place another one has come."""

from django.db.models import Exists, OuterRef, Q

from etotu.models import Batch, BatchStatus

IN_ORDER = (BatchStatus.LOADED, BatchStatus.REPEAT)


def is_corrected(batch: str = "pk") -> Exists:
    """Whether a corrected file was loaded in the place of the batch, or of the one that was to correct it.

    `batch` names the column of the outer query that holds the batch.
    """
    outer = OuterRef(batch)
    chain = Q(corrects=outer) | Q(corrects__corrects=outer) | Q(corrects__corrects__corrects=outer)
    return Exists(Batch.objects.filter(chain, corrects__isnull=False, status__in=IN_ORDER))

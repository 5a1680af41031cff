"""The originals of good rows that turned out to be somebody else's: read again from the file, once, at its end.

Nearly no good row goes to quarantine, so they are not sealed on their way in as faulty ones are.
"""

from etotu.loading.originals import seal
from etotu.loading.pieces import stored_pieces
from etotu.models import Batch, QuarantineRow
from etotu.parsing import Limits, open_batch


def seal_missing(batch: Batch, limits: Limits | None) -> None:
    """In the transaction of the load: no row is ever stored without its original."""
    kept = QuarantineRow.objects.filter(batch=batch)
    missing = dict(kept.filter(original=b"").values_list("position", "pk"))
    if not missing:
        return
    file = open_batch(stored_pieces(batch.pk), file_name=batch.file_name, sender=batch.given_sender, limits=limits)
    for raw in file:
        if raw.position in missing:
            QuarantineRow.objects.filter(pk=missing.pop(raw.position)).update(original=seal(raw, batch.pk))
            if not missing:
                return

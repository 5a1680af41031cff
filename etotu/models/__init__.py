from etotu.models.batch import Batch, BatchPiece, BatchShare, BatchStatus
from etotu.models.notice import Attachment, Notice
from etotu.models.quarantine import QuarantineRow, QuarantineState

__all__ = [
    "Attachment",
    "Batch",
    "BatchPiece",
    "BatchShare",
    "BatchStatus",
    "Notice",
    "QuarantineRow",
    "QuarantineState",
]

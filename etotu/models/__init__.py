from etotu.models.alert import Alert
from etotu.models.batch import Batch, BatchPiece, BatchShare, BatchStatus
from etotu.models.code_change import CodeChange
from etotu.models.notice import Attachment, Notice
from etotu.models.quarantine import QuarantineAction, QuarantineRow, QuarantineState
from etotu.models.routing import RoutingRule

__all__ = [
    "Alert",
    "Attachment",
    "Batch",
    "BatchPiece",
    "BatchShare",
    "BatchStatus",
    "CodeChange",
    "Notice",
    "QuarantineAction",
    "QuarantineRow",
    "QuarantineState",
    "RoutingRule",
]

"""What this app stores encrypted, for those who go through all of it."""

from core.sealed_columns import MEBIBYTES, SealedColumn, register
from etotu.loading import originals, pieces
from etotu.loading.rows import attachment_context

OF_BATCH = ("one.batch_id", "one.position")
ATTACHMENT = SealedColumn(
    "etotu_attachment",
    "data",
    ("notice.sender", "notice.number", "one.version", "one.ordinal"),
    bound=attachment_context,
    joined="JOIN etotu_notice notice ON notice.id = one.notice_id",
    at_once=MEBIBYTES,
)

register(
    ATTACHMENT,
    SealedColumn(
        "etotu_batchpiece", "data", ("one.batch_id", "one.number"), bound=pieces.piece_context, at_once=MEBIBYTES
    ),
    SealedColumn("etotu_quarantinerow", "original", OF_BATCH, bound=originals.original_context, at_once=MEBIBYTES),
    SealedColumn("etotu_quarantinerow", "corrected", OF_BATCH, bound=originals.corrected_context),
)

"""Files are destroyed a set time after the last row of theirs is settled; hash and counts stay (rule 1)."""

import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.row_security import across_municipalities

REASON = "a file may be destroyed when no row of it is open in any municipality"
OVER = """
    SELECT b.id FROM etotu_batch b
    WHERE b.finished_at < %(before)s AND EXISTS (SELECT FROM etotu_batchpiece p WHERE p.batch_id = b.id)
        AND NOT EXISTS (
            SELECT FROM etotu_quarantinerow q
            WHERE q.batch_id = b.id AND (q.state = 'open' OR COALESCE(q.settled_at, q.created_at) >= %(before)s))
    ORDER BY b.id
"""


def destroy_old_files() -> int:
    """Destroy the bytes, and the originals of the rows, of every batch whose time is over; gives how many."""
    before = timezone.now() - datetime.timedelta(days=settings.ETOTU_KEEP_DAYS)
    with across_municipalities(REASON), connection.cursor() as cursor:
        cursor.execute(OVER, {"before": before})
        batches = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM etotu_batchpiece WHERE batch_id = ANY (%s)", [batches])
        cursor.execute(
            "UPDATE etotu_quarantinerow SET original = '', corrected = NULL WHERE batch_id = ANY (%s)", [batches]
        )
    return len(batches)

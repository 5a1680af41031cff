"""What admins have to hear of: made with the end of a load, so that none is forgotten, and for days without a batch."""

import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from core.row_security import across_municipalities
from etotu.corrected_files import is_corrected
from etotu.models import Alert, Batch, BatchStatus, QuarantineRow, QuarantineState
from etotu.models.batch import Via
from municipalities.models import Municipality

# a bigger number would tell nothing more
MOST = 99
REASON = "the end of a load is told in every municipality of the batch"
# 0 stands for the rows without a municipality, which are the installation's
QUARANTINED = """
    INSERT INTO etotu_alert (municipality_id, kind, batch_id, created_at)
    SELECT municipality_id, 'quarantined', %(batch)s, %(at)s FROM etotu_quarantinerow
    WHERE batch_id = %(batch)s AND state = 'open' GROUP BY municipality_id
    ON CONFLICT DO NOTHING
"""
SHARED = """
    INSERT INTO etotu_alert (municipality_id, kind, batch_id, created_at)
    SELECT municipality_id, %(kind)s, %(batch)s, %(at)s FROM etotu_batchshare WHERE batch_id = %(batch)s
    ON CONFLICT DO NOTHING
"""
OF_INSTALLATION = """
    INSERT INTO etotu_alert (municipality_id, kind, batch_id, created_at)
    VALUES (NULL, %(kind)s, %(batch)s, %(at)s) ON CONFLICT DO NOTHING
"""


def raise_alerts(batch: Batch) -> None:
    """For a finished batch: rejected, incomplete, or with rows to correct. Once for each, however often it is called.

    In the municipalities that see the batch; for the installation admins what came by folder or command and is
    rejected or incomplete, and rows that belong to no municipality.
    """
    kind = _kind(batch)
    if kind is None and not batch.quarantined:
        return
    values: dict[str, int | str | datetime.datetime | None] = {"batch": batch.pk, "at": timezone.now(), "kind": kind}
    with across_municipalities(REASON), connection.cursor() as cursor:
        if kind is not None:
            cursor.execute(SHARED, values)
            if batch.via != Via.UPLOAD or batch.uploaded_in_id is None:
                cursor.execute(OF_INSTALLATION, values)
        if batch.quarantined:
            cursor.execute(QUARANTINED, values)


def raise_alert_of_row(municipality: Municipality | None, batch: Batch) -> None:
    """A row of the batch has come to this municipality from another one, or from none: its admins are told again.

    Without a municipality it has come to the installation admins.
    """
    alert, made = Alert.objects.get_or_create(
        municipality=municipality, kind=Alert.Kind.QUARANTINED, batch=batch, day=None
    )
    if not made and alert.seen_at:
        Alert.objects.filter(pk=alert.pk).update(seen_at=None, seen_by=None, emailed_at=None, created_at=timezone.now())


def _kind(batch: Batch) -> str | None:
    if batch.status == BatchStatus.REJECTED:
        return Alert.Kind.REJECTED.value
    return Alert.Kind.INCOMPLETE.value if batch.incomplete else None


def standing(municipality: Municipality | None) -> QuerySet[Alert]:
    """What nobody has marked as seen and what still holds, the latest first.

    Rows that are all settled, and a rejected file in whose place another one was loaded, need nobody any more.
    """
    rows = QuarantineRow.objects.filter(batch=OuterRef("batch"), state=QuarantineState.OPEN)
    waiting = rows.filter(municipality=municipality)
    return (
        Alert.objects.filter(municipality=municipality, seen_at=None)
        .exclude(Q(kind=Alert.Kind.QUARANTINED) & ~Exists(waiting))
        .exclude(Q(kind=Alert.Kind.REJECTED) & is_corrected("batch"))
        .select_related("batch")
    )


def unseen_count(municipality: Municipality) -> int:
    return standing(municipality).order_by()[:MOST].count()


def mark_seen(actor: User, alerts: QuerySet[Alert]) -> int:
    """Gives how many were not seen before."""
    return alerts.filter(seen_at=None).update(seen_at=timezone.now(), seen_by=actor)

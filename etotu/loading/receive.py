"""Taking a file in: its bytes are stored before anything is read from it (rule 1 of the exchange format)."""

import datetime
import hashlib
import logging
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.row_security import across_municipalities
from etotu.alerts.verbs import raise_alerts
from etotu.faults import FileFault, FileFaultCode
from etotu.loading.pieces import OverLimitError, store_pieces
from etotu.models import Batch, BatchShare, BatchStatus
from etotu.models.batch import Via
from municipalities.models import Municipality

log = logging.getLogger(__name__)
MIB = 1024 * 1024
DEFAULT_SENDER = "KELA"


def receive(
    stream: IO[bytes],
    *,
    file_name: str,
    via: str,
    received_at: datetime.datetime,
    actor: User | None = None,
    municipality: Municipality | None = None,
    sender: str = DEFAULT_SENDER,
    corrects: Batch | None = None,
) -> Batch:
    """Store the file and queue its loading. A broker that does not answer is no error: the sweeper finds the batch."""
    with transaction.atomic():
        batch = store(
            stream,
            file_name=file_name,
            via=via,
            received_at=received_at,
            actor=actor,
            municipality=municipality,
            sender=sender,
            corrects=corrects,
        )
        if not batch.finished:
            transaction.on_commit(lambda: queue_loading(batch.pk))
    return batch


@transaction.atomic
def store(
    stream: IO[bytes],
    *,
    file_name: str,
    via: str,
    received_at: datetime.datetime,
    actor: User | None = None,
    municipality: Municipality | None = None,
    sender: str = DEFAULT_SENDER,
    corrects: Batch | None = None,
) -> Batch:
    """The batch with its bytes, and the share by which the uploading municipality sees it.

    `corrects` is the rejected file in whose place this one comes.
    """
    batch = Batch.objects.create(
        file_name=plain_name(file_name),
        size=0,
        sha256=b"",
        via=via,
        received_at=received_at,
        arrived=timezone.localdate(received_at),
        delivered_by=actor,
        uploaded_in=municipality,
        given_sender=sender[:64] or DEFAULT_SENDER,
        corrects=corrects,
    )
    if municipality is not None:
        with across_municipalities("the uploading municipality sees its batch", [municipality.pk]):
            BatchShare.objects.create(batch=batch, municipality=municipality)
    limit = settings.ETOTU_UPLOAD_LIMIT if via == Via.UPLOAD else settings.ETOTU_FILE_LIMIT
    try:
        with transaction.atomic():
            batch.size, batch.sha256 = store_pieces(batch.pk, stream, limit)
    except OverLimitError:
        reject_unread(batch, limit)
    batch.save(update_fields=["size", "sha256", "status", "fault", "finished_at"])
    if batch.finished:
        raise_alerts(batch)
    return batch


def reject_unread(batch: Batch, limit: int) -> None:
    """A file over the limit is not kept; the row says that it came and why it was not read."""
    batch.size, batch.sha256 = limit + 1, hashlib.sha256(b"").digest()
    batch.status = BatchStatus.REJECTED
    batch.fault = FileFault(FileFaultCode.TOO_LARGE, params={"limit": limit // MIB}).as_json()
    batch.finished_at = timezone.now()


def plain_name(file_name: str) -> str:
    """The last part of a path, without invisible characters, as long as fits."""
    last = PureWindowsPath(PurePosixPath(file_name).name).name
    return "".join(c for c in last if c.isprintable())[:255] or "-"


def queue_loading(batch_id: int) -> None:
    """Tell the worker. Without a broker the batch waits for the sweeper."""
    try:
        current_app.send_task("etotu.load", args=[batch_id], retry=False)
    except Exception as error:
        log.warning(
            "batch %s was stored but not queued (%s); the sweeper will take it up", batch_id, type(error).__name__
        )

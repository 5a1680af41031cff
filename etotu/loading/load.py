"""Loading a batch: read, check, enter, count, all in one transaction (rules 2 to 7 of the exchange format)."""

import logging
from contextlib import suppress
from typing import Any

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F
from django.utils import timezone

from core.history import remember_actor
from core.outages import may_pass, sqlstate
from core.row_security import across_municipalities
from etotu.alerts.verbs import raise_alerts
from etotu.faults import FileFault, FileFaultCode
from etotu.loading.applying import enter_rows, fill_intake, mark_differing, newest_matter
from etotu.loading.at_hop import address_known, move_applied, move_back
from etotu.loading.claims import settle_claims
from etotu.loading.classify import classify
from etotu.loading.counting import Counts
from etotu.loading.known import Trust, give_way, hold_back, look_up_stored
from etotu.loading.progress import Progress
from etotu.loading.quarantining import keep_faulty_rows
from etotu.loading.reading import ReadingFailedError, reading
from etotu.loading.sealing import seal_missing
from etotu.loading.staging import stage
from etotu.locks import LOADING, apply_alone, session_lock
from etotu.models import Batch, BatchStatus
from etotu.parsing import Envelope, Limits
from etotu.trust import Places, is_kelas_channel, places_of_batch

log = logging.getLogger(__name__)
ATTEMPTS = 3
OF_ENVELOPE = ("sender", "batch_code", "declared_count")
REASON = "a batch of notices may hold rows of any municipality"


def load(batch_id: int, *, wait: bool = False, limits: Limits | None = None) -> bool:
    """Load the batch unless it is finished or another session is at it (`wait`: then wait for that one first).

    Gives whether it is finished now. An unexpected error leaves the batch unfinished, for the sweeper.
    """
    with session_lock(LOADING, batch_id, wait=wait) as held:
        if not held:
            return False
        batch = Batch.objects.get(pk=batch_id)
        if batch.finished:
            return True
        if batch.attempts >= ATTEMPTS:
            finish(batch, BatchStatus.REJECTED, fault=FileFault(FileFaultCode.INTERNAL).as_json())
            return True
        begin(batch)
        progress = Progress(batch.pk)
        try:
            enter(batch, progress, limits)
        except FileFault as fault:
            finish(batch, BatchStatus.REJECTED, fault=fault.as_json())
        except (DatabaseError, InterfaceError) as error:
            if may_pass(error):
                forget_attempt(batch)
            raise
        finally:
            progress.over()
    return True


def load_quietly(batch_id: int) -> bool:
    """As `load`; an error is logged by its kind only, because its text may hold a person's data."""
    try:
        return load(batch_id)
    except Exception as error:
        kind = error if isinstance(error, ReadingFailedError) else type(error).__name__
        log.error("batch %s was not loaded: %s %s", batch_id, kind, sqlstate(error))
        return False


def begin(batch: Batch) -> None:
    batch.status = BatchStatus.LOADING
    batch.attempts += 1
    batch.started_at = timezone.now()
    batch.save(update_fields=["status", "attempts", "started_at"])


def forget_attempt(batch: Batch) -> None:
    """A full disk, a stopped database or a colleague's lock is not the file's fault: it may be tried again."""
    with suppress(DatabaseError, InterfaceError):
        Batch.objects.filter(pk=batch.pk, attempts__gt=0).update(attempts=F("attempts") - 1)


def enter(batch: Batch, progress: Progress, limits: Limits | None) -> None:
    """Afterwards either everything of the batch is in, or nothing: the scope is the transaction.

    With a savepoint around it PostgreSQL would keep each checked reference to the end, and look through all of them
    whenever a temporary table is emptied.
    """
    places = places_of_batch(batch)
    with across_municipalities(REASON), reading(batch, limits, places) as file:
        remember_actor(None, f"batch {batch.public_id}")
        prefer_single_rows()
        take_envelope(batch, file.envelope)
        progress.declared = batch.declared_count
        apply_alone()
        first = loaded_before(batch)
        if first is not None:
            finish(batch, BatchStatus.REPEAT, repeat_of=first)
            return
        counts, newest = Counts(), newest_matter()
        for chunk in file.chunks():
            stage(chunk)
            handle(batch, counts, newest, places)
            progress.read(counts.received)
        seal_missing(batch, limits)
        counts.write_shares(batch)
        incomplete = batch.declared_count is not None and batch.declared_count != counts.received
        finish(batch, BatchStatus.LOADED, incomplete=incomplete, **counts.total)


def prefer_single_rows() -> None:
    """Of tables that have grown in this transaction the planner knows no statistics.

    To find the few deadlines of a matter it combined the index of matters with that of municipalities, which reads all
    that is stored, again for every chunk.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")


def take_envelope(batch: Batch, envelope: Envelope) -> None:
    batch.sender, batch.batch_code = envelope.sender, envelope.batch_code
    batch.declared_count = envelope.declared_count


def handle(batch: Batch, counts: Counts, newest: int, places: Places) -> None:
    """Enter what is staged, with nobody else doing so, after the rows of the file that came before."""
    apply_staged(batch, batch.sender, newest, Trust(places))
    mark_differing()
    keep_faulty_rows(batch, batch.sender, places)
    counts.add_staged()
    check_references()


def check_references() -> None:
    """Now, while the next rows are read, instead of all at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def apply_staged(batch: Batch, sender: str, newest: int | None, trust: Trust) -> None:
    """Classify the staged rows and enter the good ones, in the whole scope: of a file, or released from quarantine.

    Matters after `newest` were opened by this batch: of their later versions nobody is told.
    """
    claimed = look_up_stored(sender, trust)
    hold_back(trust)
    address_known()
    if claimed:
        give_way(trust)
    classify()
    move_applied()
    fill_intake(batch.arrived)
    enter_rows(batch, sender, newest, trust)
    move_back()
    if claimed:
        settle_claims(sender, trust, timezone.now())


def loaded_before(batch: Batch) -> Batch | None:
    """The batch that brought the same file from the same sender (rule 5).

    What Kela's own channel brings is no repeat of an upload, of which only some rows were entered.
    """
    same = Batch.objects.filter(sha256=batch.sha256, sender=batch.sender, status=BatchStatus.LOADED)
    found = same.exclude(pk=batch.pk).select_related("delivered_by").order_by("pk")
    kelas = is_kelas_channel(batch)
    return next((one for one in found if not kelas or is_kelas_channel(one)), None)


@transaction.atomic
def finish(batch: Batch, status: BatchStatus, **values: Any) -> None:
    """Also what the envelope said, as far as it could be read, and whom it has to be told."""
    batch.status = status
    batch.finished_at = timezone.now()
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=["status", "finished_at", *OF_ENVELOPE, *values])
    raise_alerts(batch)

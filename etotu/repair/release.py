"""Releasing rows that have no faults now: entered as the batch's loading would have, with the batch's arrival."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import Any, Final, NamedTuple

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import User
from core.encryption import DecryptionError
from core.history import remember_actor
from core.outages import LOCK_NOT_AVAILABLE, sqlstate
from core.row_security import across_municipalities
from core.time_limits import patient
from etotu.loading.known import Trust
from etotu.loading.load import apply_staged
from etotu.loading.staging import stage_notices
from etotu.locks import apply_alone
from etotu.models import Batch, QuarantineAction, QuarantineRow, QuarantineState
from etotu.parsing import RawNotice
from etotu.repair.checks import NUMBER, check_again
from etotu.repair.corrected_rows import CorrectedRow, corrected_row
from etotu.repair.log import note
from etotu.repair.placing import hand_over
from etotu.repair.version import VERSION
from etotu.trust import is_kelas_channel, places_of

CHUNK: Final = 100
WAIT_SECONDS: Final = 10
# typed over, these are judged by rules that a loaded file has no need of
NOT_OF_LOADING: Final = {NUMBER, VERSION}
REASON: Final = "what is released may meet a notice that another municipality has"
FOUND = """
    SELECT h.pos, h.outcome, i.matter_id, s.of_others
    FROM etotu_handled h JOIN etotu_staged s USING (pos) LEFT JOIN intake_matter i ON i.ref = h.number AND h.applied
"""
# A good row closes the open one of an equal or lower version and the same person, here as in a file. What was typed
# here is not Kela's word: it closes nothing that waits in another municipality.
CLOSE_OTHERS = """
    UPDATE etotu_quarantinerow q SET state = 'replaced', settled_at = %(now)s
    FROM etotu_handled h JOIN etotu_staged s USING (pos)
    WHERE h.applied AND q.sender = %(sender)s AND q.number = h.number AND q.number <> '' AND q.state = 'open'
        AND NOT q.of_others AND COALESCE(q.version, 0) <= h.version AND NOT q.id = ANY (%(released)s)
        AND (q.municipality_id = ANY (%(places)s) OR h.pos = ANY (%(free)s))
        AND CASE WHEN q.person IS NULL OR s.person IS NULL THEN q.names = s.names ELSE q.person = s.person END
"""
TELL = """
    INSERT INTO cases_event (municipality_id, client_id, matter_id, kind, actor_id, at, data)
    SELECT m.municipality_id, m.client_id, m.id, 'notice.released', %(actor)s, %(at)s,
        jsonb_build_object('kind', m.kind, 'fields', told.fields::jsonb)
    FROM unnest(%(matters)s::bigint[], %(fields)s::text[]) AS told (matter_id, fields)
        JOIN cases_matter m ON m.id = told.matter_id
"""
LATE = "SELECT id FROM cases_matter WHERE id = ANY (%s) AND due < %s AND closed_at IS NULL"


class BusyError(Exception):
    """A batch is being entered and did not come to its end in time: try again a little later."""


class Outcome(StrEnum):
    RELEASED = "released"
    # the notice is in a municipality in which the actor has no role: the row waits for the installation admin
    HANDED_OVER = "handed_over"
    # the same or a later version has been stored in the meantime: the row is closed, nothing is entered
    REPLACED = "replaced"
    FAULTY = "faulty"
    # somebody has settled it, or it is not in this scope
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Released:
    """What became of one row. `late`: a deadline of its matter had passed when it was released."""

    row_id: int
    outcome: Outcome
    late: bool = False


class Found(NamedTuple):
    outcome: str
    matter_id: int | None
    of_others: bool


@dataclass
class Group:
    """The rows of one batch while they are released; `fields` are those that were corrected, by row.

    `free` are the positions of those that are Kela's word alone: they go wherever their notice is.
    """

    batch: Batch
    rows: dict[int, QuarantineRow]
    fields: dict[int, list[str]] = field(default_factory=dict)
    free: list[int] = field(default_factory=list)

    def notices(self) -> Iterator[RawNotice]:
        """Of the rows that stand in the municipality they name; their originals a few at a time."""
        ids = [row.pk for row in self.rows.values()]
        for start in range(0, len(ids), CHUNK):
            found = QuarantineRow.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("position")
            for row in found:
                try:
                    it = corrected_row(row)
                except DecryptionError:
                    continue
                if self.may_be_entered(row, it):
                    self.fields[row.pk] = it.corrections.fields
                    if is_kelas_channel(self.batch) and not it.corrections.any:
                        self.free.append(row.position)
                    yield it.notice

    def may_be_entered(self, row: QuarantineRow, it: CorrectedRow) -> bool:
        """It stands in the municipality that it names, or where its notice is now."""
        if row.municipality_id is None:
            return False
        here = f"{row.municipality_id:03d}"
        named = it.notice.content.municipality == here
        if named and not it.corrections.texts.keys() & NOT_OF_LOADING:
            return True
        row.batch = self.batch
        return all(not checked.faults and checked.municipality == here for checked in check_again([row]))


@transaction.atomic
def release(actor: User | None, row_ids: Iterable[int]) -> list[Released]:
    """Enter the rows of the scope that are open and good, batch by batch in the order of arrival. Raises BusyError."""
    ids = list(row_ids)
    apply_alone_soon()
    remember_actor(actor.pk if actor else None, "released from quarantine")
    locked = QuarantineRow.objects.select_for_update(of=("self",)).filter(pk__in=ids, state=QuarantineState.OPEN)
    rows = locked.defer("original", "corrected").select_related("batch")
    done: dict[int, Released] = {}
    for _, rows_of_batch in groupby(
        rows.order_by("batch__received_at", "batch", "position"), key=lambda row: row.batch_id
    ):
        done |= {one.row_id: one for one in release_of_batch(actor, list(rows_of_batch))}
    return [done.get(pk) or Released(pk, Outcome.SETTLED) for pk in ids]


def apply_alone_soon() -> None:
    """Raises BusyError when a load, or another release, holds the lock for too long."""
    try:
        with transaction.atomic(), patient(WAIT_SECONDS):
            apply_alone()
    except OperationalError as error:
        if sqlstate(error) == LOCK_NOT_AVAILABLE:
            raise BusyError from error
        raise


def release_of_batch(actor: User | None, rows: list[QuarantineRow]) -> list[Released]:
    batch: Batch = rows[0].batch
    group = Group(batch, {row.position: row for row in rows})
    stage_notices(batch, group.notices())
    places = places_of(actor) | {row.municipality_id for row in rows if row.municipality_id}
    with across_municipalities(REASON):
        apply_staged(batch, batch.sender, None, Trust(frozenset(places), group.free))
        found = outcomes()
        done = [settled(row, found.get(row.position), actor) for row in rows]
        keep(rows, done)
        for row, one in zip(rows, done, strict=True):
            if one.outcome == Outcome.HANDED_OVER:
                hand_over(actor, row)
        with connection.cursor() as cursor:
            entered = [one.row_id for one in done if one.outcome == Outcome.RELEASED]
            values: dict[str, Any] = {
                "sender": batch.sender,
                "released": entered,
                "places": sorted(places),
                "free": group.free,
                "now": timezone.now(),
            }
            cursor.execute(CLOSE_OTHERS, values)
        released = [row for row in rows if row.state == QuarantineState.RELEASED]
        note(released, QuarantineAction.Kind.RELEASED, actor, group.fields)
        # of a notice that was transferred the matter is in another municipality
        tell(released, group.fields, actor)
        late = late_ones(released)
    return [Released(one.row_id, one.outcome, late=one.row_id in late) for one in done]


def outcomes() -> dict[int, Found]:
    """By position."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND)
        return {row[0]: Found(row[1], row[2], row[3]) for row in cursor.fetchall()}


def settled(row: QuarantineRow, found: Found | None, actor: User | None) -> Released:
    """Sets the state that follows; the row is stored by `keep`."""
    outcome = found.outcome if found else "quarantined"
    if outcome == "quarantined":
        return Released(row.pk, Outcome.HANDED_OVER if found and found.of_others else Outcome.FAULTY)
    row.settled_at, row.settled_by = timezone.now(), actor
    if found and found.matter_id:
        row.state, row.matter_id, row.faults = QuarantineState.RELEASED, found.matter_id, []
        return Released(row.pk, Outcome.RELEASED)
    row.state = QuarantineState.REPLACED
    return Released(row.pk, Outcome.REPLACED)


def keep(rows: list[QuarantineRow], done: list[Released]) -> None:
    faulty = [one.row_id for one in done if one.outcome == Outcome.FAULTY]
    over = [row for row in rows if row.state != QuarantineState.OPEN]
    QuarantineRow.objects.bulk_update(over, ["state", "matter", "faults", "settled_at", "settled_by"], batch_size=500)
    again = QuarantineRow.objects.select_related("batch").order_by("pk")
    for start in range(0, len(faulty), CHUNK):
        checked = list(check_again(again.filter(pk__in=faulty[start : start + CHUNK])))
        for one in checked:
            one.row.faults = one.faults
        QuarantineRow.objects.bulk_update([one.row for one in checked], ["faults"])


def tell(rows: list[QuarantineRow], fields: dict[int, list[str]], actor: User | None) -> None:
    """On the timeline of each matter: that the notice was corrected here, by whom and in which fields."""
    values = {
        "actor": actor.pk if actor else None,
        "at": timezone.now(),
        "matters": [row.matter_id for row in rows],
        "fields": [json.dumps(fields.get(row.pk, [])) for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)


def late_ones(rows: list[QuarantineRow]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(LATE, [[row.matter_id for row in rows], timezone.localdate()])
        late = {row[0] for row in cursor.fetchall()}
    return {row.pk for row in rows if row.matter_id in late}

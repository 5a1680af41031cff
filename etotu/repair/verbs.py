"""Repair of quarantined rows: correct, check again, discard. Releasing them is in `release`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from etotu.models import QuarantineAction, QuarantineRow, QuarantineState
from etotu.repair.checks import PLACE, CheckedAgain, check_again
from etotu.repair.corrected_rows import corrected_row, text_at
from etotu.repair.corrections import Corrections
from etotu.repair.fields import allowed_paths, clean_text
from etotu.repair.log import note
from etotu.repair.placing import give_to, move_to_its_place
from etotu.repair.release import BusyError, Outcome, Released, release
from municipalities.models import Municipality

__all__ = [
    "BusyError",
    "Change",
    "Outcome",
    "Released",
    "SettledError",
    "discard",
    "place",
    "recheck",
    "release",
    "save",
]

CHUNK = 200


class SettledError(Exception):
    """The row is no longer open, or somebody has saved it since the form was made. `row` is as it is now."""

    def __init__(self, row: QuarantineRow) -> None:
        super().__init__(row.state)
        self.row = row


@dataclass(frozen=True, slots=True)
class Change:
    """What a form says of one row: the whole text of each field it shows, in the row's own dialect.

    `edits` is the count that the form was made from. None leaves what was left out or accepted as it is.
    """

    row_id: int
    edits: int
    texts: Mapping[str, str] = field(default_factory=dict)
    left_out: set[str] | None = None
    accepted: set[str] | None = None


def claim_open(row_id: int, edits: int | None = None) -> QuarantineRow:
    """The row, locked. Raises SettledError; QuarantineRow.DoesNotExist outside the scope."""
    row = QuarantineRow.objects.select_for_update(of=("self",)).select_related("batch").get(pk=row_id)
    if row.state != QuarantineState.OPEN or (edits is not None and row.edits != edits):
        raise SettledError(row)
    return row


@transaction.atomic
def save(actor: User, change: Change) -> QuarantineRow:
    """Keep what was typed over the original, and check the whole row anew. Raises SettledError.

    A row whose municipality is corrected goes to that municipality.
    """
    row = claim_open(change.row_id, change.edits)
    before = Corrections.of(row)
    after = corrected(row, change)
    touched = sorted(set(before.fields) ^ set(after.fields) | changed_texts(before, after))
    if not touched:
        refresh_faults(row)
        row.save(update_fields=["faults"])
        return row
    row.corrected = after.sealed(row) if after.any or after.form else None
    row.edits += 1
    checked = refresh_faults(row)
    row.save(update_fields=["corrected", "edits", "faults"])
    note([row], QuarantineAction.Kind.CORRECTED, actor, {row.pk: touched})
    move_to_its_place(actor, row, checked.municipality, typed=True)
    return row


@transaction.atomic
def place(actor: User, row_id: int, edits: int, municipality: Municipality) -> None:
    """Give a row that belongs to no municipality to this one. Raises SettledError.

    Its code is corrected to it, unless it names it already, or the notice is there now.
    """
    row = claim_open(row_id, edits)
    (now,) = check_again([row])
    addressed = f"{now.owner.addressed:03d}" if now.owner and now.owner.place == municipality.pk else municipality.code
    if now.municipality not in (municipality.code, addressed):
        save(actor, Change(row_id, edits, {PLACE: municipality.code}))
        return
    row.faults = now.faults
    give_to(actor, row, municipality)


def corrected(row: QuarantineRow, change: Change) -> Corrections:
    it = corrected_row(row)
    after = Corrections.of(row)
    allowed = allowed_paths(it)
    for path, text in change.texts.items():
        cleaned = clean_text(path, text)
        if path not in allowed:
            continue
        if cleaned == clean_text(path, text_at(it.values, path)):
            after.texts.pop(path, None)
        else:
            after.texts[path] = cleaned
    if change.left_out is not None:
        after.left_out = sorted(change.left_out & {f"liite.{n}" for n in range(1, len(it.original.attachments) + 1)})
    if change.accepted is not None:
        after.accepted = sorted(change.accepted & {f"{one['code']}:{one['field']}" for one in after.form})
    return after


def changed_texts(before: Corrections, after: Corrections) -> set[str]:
    paths = before.texts.keys() | after.texts.keys()
    return {path for path in paths if before.texts.get(path) != after.texts.get(path)}


def refresh_faults(row: QuarantineRow) -> CheckedAgain:
    (checked,) = check_again([row])
    row.faults = checked.faults
    return checked


@transaction.atomic
def recheck(actor: User | None, row_ids: Iterable[int]) -> list[QuarantineRow]:
    """Check open rows of the scope again, as when a code list was extended; gives those without faults now."""
    ids, good = list(row_ids), []
    for start in range(0, len(ids), CHUNK):
        found = QuarantineRow.objects.select_for_update(of=("self",)).select_related("batch").order_by("pk")
        rows = list(found.filter(pk__in=ids[start : start + CHUNK], state=QuarantineState.OPEN))
        changed = [checked for checked in check_again(rows) if checked.faults != checked.row.faults]
        for checked in changed:
            keep_form(checked.row)
            checked.row.faults = checked.faults
        again = [checked.row for checked in changed]
        QuarantineRow.objects.bulk_update(again, ["faults", "corrected"])
        note(again, QuarantineAction.Kind.CHECKED_AGAIN, actor)
        for checked in changed:
            move_to_its_place(actor, checked.row, checked.municipality, typed=checked.typed)
        good += [row for row in rows if not row.faults]
    return good


def keep_form(row: QuarantineRow) -> None:
    """The faults of the form are told by the faults as they came: kept apart before those change."""
    if row.corrected is None:
        corrections = Corrections.of(row)
        if corrections.form:
            row.corrected = corrections.sealed(row)


@transaction.atomic
def discard(actor: User, row_id: int, edits: int, reason: str) -> QuarantineRow:
    """The row is not wanted; the original stays as long as the file does. Raises SettledError."""
    if not reason.strip():
        raise ValueError("a row is discarded for a reason")
    row = claim_open(row_id, edits)
    row.state, row.discard_reason = QuarantineState.DISCARDED, reason.strip()
    row.settled_at, row.settled_by = timezone.now(), actor
    row.save(update_fields=["state", "discard_reason", "settled_at", "settled_by"])
    note([row], QuarantineAction.Kind.DISCARDED, actor)
    return row

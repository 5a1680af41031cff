"""Whose a faulty row is: it goes to the municipality that its corrected code names (rule 12).

Nobody sends a row to a municipality in which they have no role: such a row waits for the installation admin, as one
that came so in an upload.
"""

from django.db import transaction

from accounts.models import User
from core.row_security import across_municipalities
from etotu.alerts.verbs import raise_alert_of_row
from etotu.loading.rows import OF_OTHERS
from etotu.models import BatchShare, QuarantineAction, QuarantineRow
from etotu.repair.log import note
from etotu.trust import is_kelas_channel, places_of
from municipalities.models import Municipality

REASON = "a row goes to the municipality that its code names"


@transaction.atomic
def move_to_its_place(actor: User | None, row: QuarantineRow, code: str, *, typed: bool) -> None:
    """Nothing happens while the code names no municipality, or the one whose the row is.

    `typed`: a person corrected something in the row, so that it is no longer Kela's word alone.
    """
    found = Municipality.objects.filter(pk=int(code)).first() if code.isascii() and code.isdigit() else None
    if found is None or found.pk == row.municipality_id or (row.of_others and not may_place(actor)):
        return
    if may_send(actor, row, found, typed=typed):
        give_to(actor, row, found)
    else:
        hand_over(actor, row)


def may_place(actor: User | None) -> bool:
    return bool(actor and actor.is_installation_admin)


def may_send(actor: User | None, row: QuarantineRow, to: Municipality, *, typed: bool) -> bool:
    if may_place(actor) or to.pk in places_of(actor):
        return True
    return not typed and is_kelas_channel(row.batch)


@transaction.atomic
def give_to(actor: User | None, row: QuarantineRow, municipality: Municipality) -> None:
    """The municipality sees the batch, with a share of none: counts never change. Its admins are told."""
    with across_municipalities(REASON):
        row.municipality, row.of_others = municipality, False
        row.faults = [fault for fault in row.faults if fault != OF_OTHERS.as_json()]
        row.save(update_fields=["municipality", "of_others", "faults"])
        BatchShare.objects.get_or_create(municipality=municipality, batch_id=row.batch_id)
        raise_alert_of_row(municipality, row.batch)
        note([row], QuarantineAction.Kind.PLACED, actor, {row.pk: ["kunta"]})


@transaction.atomic
def hand_over(actor: User | None, row: QuarantineRow) -> None:
    """To the installation admin, who is told."""
    with across_municipalities(REASON):
        row.municipality, row.of_others = None, True
        row.faults = [*row.faults, OF_OTHERS.as_json()]
        row.save(update_fields=["municipality", "of_others", "faults"])
        raise_alert_of_row(None, row.batch)
        note([row], QuarantineAction.Kind.HANDED_OVER, actor)

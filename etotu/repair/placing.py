"""Whose a faulty row is: it goes to the municipality that its corrected code names (rule 12)."""

from django.db import transaction

from accounts.models import User
from core.row_security import across_municipalities
from etotu.alerts.verbs import raise_alert_of_row
from etotu.models import BatchShare, QuarantineAction, QuarantineRow
from municipalities.models import Municipality


@transaction.atomic
def move_to_its_place(actor: User | None, row: QuarantineRow, code: str) -> None:
    """Nothing happens while the code names no municipality, or the one whose the row is.

    The new municipality sees the batch, with a share of none: counts never change. Its admins are told.
    """
    found = Municipality.objects.filter(pk=int(code)).first() if code.isascii() and code.isdigit() else None
    if found is None or found.pk == row.municipality_id:
        return
    with across_municipalities("a row goes to the municipality that its code names"):
        row.municipality = found
        row.save(update_fields=["municipality"])
        BatchShare.objects.get_or_create(municipality=found, batch_id=row.batch_id)
        raise_alert_of_row(found, row.batch)
        QuarantineAction.objects.create(
            municipality=found, row=row, kind=QuarantineAction.Kind.PLACED, fields=["kunta"], actor=actor
        )

"""What became of a batch's rows in quarantine, beside its counts, which never change (rule 10)."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from etotu.models import Batch, QuarantineRow, QuarantineState
from etotu.repair.filter import OPEN, SETTLED
from municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class Settled:
    label: str
    count: int
    url: str


def settled_shown(batch: Batch, municipality: Municipality) -> list[Settled]:
    """Open, released, discarded and the others, each with its rows in the grid; states without rows are left out."""
    found = QuarantineRow.objects.filter(municipality=municipality, batch=batch).values_list("state")
    counts = dict(found.annotate(n=Count("pk")).order_by())
    grid = reverse("repair", kwargs={"code": municipality.code})
    return [
        Settled(str(state.label), counts[state], f"{grid}?era={batch.public_id}&tila={address(state)}")
        for state in QuarantineState
        if counts.get(state)
    ]


def address(state: QuarantineState) -> str:
    return OPEN if state == QuarantineState.OPEN else SETTLED

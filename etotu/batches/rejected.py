"""A rejected file as a page explains it: what is wrong, what to do, where; the file that comes in its place."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etotu.batches.excerpts import Place, WhyNot, place_of
from etotu.batches.forms import CorrectedFileForm
from etotu.faults import FileFaultCode, what_is_wrong
from etotu.models import Batch, BatchStatus

WHY_NOT = {
    WhyNot.DESTROYED: _("The file has been destroyed when its time was over: the place can no longer be shown."),
    WhyNot.FAR: _("The place is so far on in a large file that it is not looked for here."),
    WhyNot.BINARY: _(
        "The file holds no readable text at this place. It may be packed, encrypted or of another program, or it was "
        "damaged on its way."
    ),
    WhyNot.UNREADABLE: _("The stored file cannot be opened. Tell whoever runs this installation."),
}


@dataclass(frozen=True, slots=True)
class RejectedShown:
    """`form` brings in the corrected file, to the address `action`."""

    what: str
    remedy: str
    line: int
    column: int
    place: Place
    form: CorrectedFileForm
    action: str

    @property
    def why_not(self) -> str | Promise:
        return WHY_NOT.get(self.place.why_not, "") if self.place.why_not else ""


def rejected_shown(batch: Batch, action: str, form: CorrectedFileForm | None = None) -> RejectedShown | None:
    """None unless the batch was rejected. Reads a few pieces of the stored file."""
    fault: dict[str, Any] = batch.fault or {}
    if batch.status != BatchStatus.REJECTED or not fault:
        return None
    return RejectedShown(
        what_is_wrong(fault["code"], fault["params"]),
        FileFaultCode(fault["code"]).remedy,
        fault["line"],
        fault["column"],
        place_of(batch),
        form or CorrectedFileForm(),
        action,
    )

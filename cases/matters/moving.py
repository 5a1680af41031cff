"""What a transfer to another municipality forbids meanwhile, and afterwards."""

from django.utils.translation import gettext_lazy as _

from cases.models import Matter, Transfer
from cases.models.transfer import BACK, TransferState
from core.saving import NotPossible


def open_transfer(matter: Matter) -> Transfer | None:
    """The unanswered transfer of the matter, on whichever side it is."""
    return Transfer.objects.filter(matter=matter, state=TransferState.REQUESTED).select_related("other").first()


def must_not_be_moving(matter: Matter) -> None:
    """While a transfer is unanswered, neither side ends the matter or sends it on."""
    moving = open_transfer(matter)
    if moving is None:
        return
    if moving.incoming:
        raise NotPossible(_("The matter came from another municipality. Accept or return it first."))
    raise NotPossible(_("The matter waits for the other municipality. Revoke the transfer first."))


def must_not_be_elsewhere(matter: Matter) -> None:
    """A matter that ended by a transfer is in the other municipality: it does not begin anew here."""
    last = Transfer.objects.filter(matter=matter).order_by("-pk").first()
    if last is None:
        return
    if not last.incoming and last.state == TransferState.ACCEPTED:
        raise NotPossible(_("The matter was transferred: the other municipality has it now."))
    if last.incoming and last.state in BACK:
        raise NotPossible(_("The matter went back to the municipality that it came from."))

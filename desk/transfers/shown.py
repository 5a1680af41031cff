"""What a page says of a matter's transfer: never where a person under turvakielto went."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.matters.file import MatterFile
from cases.models import Event, Transfer
from cases.models.transfer import TransferState
from core.dates import moment
from desk.matter.places import hides_place, place_words
from desk.matter.sections import BEFORE, Opened, section


@dataclass(frozen=True, slots=True)
class TransferShown:
    """`hidden`: the words that may name the other municipality are left out; whoever may reveals them.

    `restriction` says why only named people see the client, while the answer is waited for.
    """

    transfer: Transfer
    heading: str
    facts: list[tuple[str, str]]
    waits: bool
    advice: str
    hidden: bool
    restriction: str


@section(BEFORE + 30, "desk/transfers/section.html")
def section_of_transfer(opened: Opened) -> TransferShown | None:
    return transfer_shown(opened.file, revealed=opened.revealed)


def transfer_shown(file: MatterFile, *, revealed: bool = False) -> TransferShown | None:
    found, client = file.transfer, file.matter.client
    if found is None:
        return None
    hidden = not revealed and hides_place(found, under_protection=client.non_disclosure)
    return TransferShown(
        transfer=found,
        heading=_("Transferred from another municipality") if found.incoming else _("Transfer to another municipality"),
        facts=facts(found, hidden=hidden),
        waits=found.state == TransferState.REQUESTED,
        advice=advice(found),
        hidden=hidden,
        restriction=restriction(found) if client.restricted else "",
    )


def facts(transfer: Transfer, *, hidden: bool) -> list[tuple[str, str]]:
    # people of the other side would tell which municipality it is
    asked = "" if hidden and transfer.asked_by_id is None else transfer.asked_by_name
    answered = "" if hidden and transfer.answered_by_id is None else transfer.answered_by_name
    rows = [
        (_("Municipality"), str(place_words(transfer, hidden=hidden))),
        (_("Asked"), who_and_when(asked, moment(transfer.asked_at))),
        (_("Reason"), "" if hidden else transfer.reason),
        (_("State"), str(TransferState(transfer.state).label)),
        (_("Answered"), who_and_when(answered, moment(transfer.answered_at)) if transfer.answered_at else ""),
        (_("Answer"), "" if hidden else transfer.answer),
    ]
    return [(label, words) for label, words in rows if words]


def who_and_when(name: str, when: str) -> str:
    return f"{name}, {when}" if name else when


def advice(transfer: Transfer) -> str:
    if transfer.state != TransferState.REQUESTED:
        return ""
    if transfer.incoming:
        return _("The clock runs from the arrival here. Accept the matter, or return it and say why.")
    return _("Until the answer comes, the matter and its deadlines are still yours.")


def restriction(transfer: Transfer) -> str:
    """For those who answer: the client is restricted because the sender had restricted them."""
    if transfer.state != TransferState.REQUESTED or not transfer.incoming:
        return ""
    told = Event.objects.filter(matter=transfer.matter_id, kind="transfer.arrived", data__restricted=True)
    if not told.exists():
        return ""
    return _(
        "The client is restricted in the municipality that the matter came from. So here too only named people see the "
        "client: the supervisors, the own worker and those who have a matter of the client. A supervisor names others "
        "or lifts the restriction on the client's page."
    )

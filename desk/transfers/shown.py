"""What a page says of a matter's transfer: never where a person under turvakielto went."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Event, Matter, Transfer
from cases.models.transfer import BACK, TransferState
from core.dates import moment

NOT_SHOWN = gettext_lazy("Not shown: non-disclosure for personal safety")


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


def latest_transfer(matter: Matter) -> Transfer | None:
    """The last transfer of the matter on this side, read once."""
    known = matter.__dict__
    if "latest_transfer" not in known:
        rows = Transfer.objects.filter(matter=matter).select_related("other")
        known["latest_transfer"] = rows.order_by("-pk").first()
    found: Transfer | None = known["latest_transfer"]
    return found


def is_moving(matter: Matter) -> bool:
    """Whether an answer is waited for, on whichever side."""
    found = latest_transfer(matter) if matter.is_open else None
    return found is not None and found.state == TransferState.REQUESTED


def came_and_waits(matter: Matter) -> bool:
    found = latest_transfer(matter)
    return is_moving(matter) and found is not None and found.incoming


def went_and_waits(matter: Matter) -> bool:
    return is_moving(matter) and not came_and_waits(matter)


def is_elsewhere(matter: Matter) -> bool:
    """Whether the matter ended here because another municipality has it: it is not opened here again."""
    found = latest_transfer(matter) if not matter.is_open else None
    if found is None:
        return False
    return found.state in BACK if found.incoming else found.state == TransferState.ACCEPTED


def hides_place(transfer: Transfer, *, under_protection: bool) -> bool:
    """Where the matter went is hidden; where it came from only once it has gone back there."""
    protected = transfer.hides_place or under_protection
    return protected and (not transfer.incoming or transfer.state in BACK)


def place_words(transfer: Transfer, *, hidden: bool) -> str | Promise:
    return NOT_SHOWN if hidden else transfer.other.name


def transfer_shown(matter: Matter, *, revealed: bool = False) -> TransferShown | None:
    found = latest_transfer(matter)
    if found is None:
        return None
    hidden = not revealed and hides_place(found, under_protection=matter.client.non_disclosure)
    return TransferShown(
        transfer=found,
        heading=_("Transferred from another municipality") if found.incoming else _("Transfer to another municipality"),
        facts=facts(found, hidden=hidden),
        waits=found.state == TransferState.REQUESTED,
        advice=advice(found),
        hidden=hidden,
        restriction=restriction(found) if matter.client.restricted else "",
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

"""What can be done to a matter, and the words why not: asked by the verb that refuses and by the button that hides.

A rule gives None when the deed is possible, else the reason. It reads the file of the matter: the page's own, or the
one that a verb reads under its lock.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.access.rights import is_own_worker, may_reveal_details
from cases.deadlines.attempts import not_sought
from cases.matters.desks import may_decide
from cases.matters.file import MatterFile
from cases.models import Appointment, Matter, MatterKind, MatterState
from cases.models.appointment import AppointmentState
from cases.models.information_request import RequestState
from cases.models.letter import LetterKind
from cases.models.matter import WAITING
from cases.models.transfer import TransferState
from core.saving import NotPossible
from municipalities.access import access_of

Reason = str | Promise | None
Rule = Callable[[User, MatterFile], Reason]

TAKEN = "matter.taken"
MET_OR_MISSED = frozenset({AppointmentState.MET, AppointmentState.MISSED})
CANNOT_UNDO = _("Taking can be undone only while the matter is yours and nothing has been done since.")
NOT_AWAITED = _("No information is waited for.")
ANSWERED: dict[str, Promise] = {
    TransferState.ACCEPTED: _("The other municipality has accepted the transfer already."),
    TransferState.RETURNED: _("The transfer has been returned already."),
    TransferState.REVOKED: _("The other municipality has revoked the transfer already."),
}


def require(rule: Rule, actor: User, file: MatterFile) -> None:
    """Raises NotPossible with the reason."""
    reason = rule(actor, file)
    if reason is not None:
        raise NotPossible(reason)


def every(*rules: Rule) -> Rule:
    """Possible when each of these allows it; the first that does not gives the reason."""

    def combined(actor: User, file: MatterFile) -> Reason:
        return next((reason for rule in rules if (reason := rule(actor, file)) is not None), None)

    return combined


def is_open(_actor: User, file: MatterFile) -> Reason:
    return None if file.matter.is_open else _("The matter is closed. Open it again first.")


def decides(actor: User, file: MatterFile) -> Reason:
    """Own and free matters are anybody's who sees them; those of colleagues are the supervisor's to move."""
    if may_decide(file.matter, actor):
        return None
    return _("The matter is with %(name)s. A supervisor can give it to you.") % {"name": file.matter.assignee}


def stays(_actor: User, file: MatterFile) -> Reason:
    """While a transfer is unanswered, neither side ends the matter or sends it on."""
    if file.moving is None:
        return None
    if file.moving.incoming:
        return _("The matter came from another municipality. Accept or return it first.")
    return _("The matter waits for the other municipality. Revoke the transfer first.")


def is_here(_actor: User, file: MatterFile) -> Reason:
    """A matter that ended by a transfer is in the other municipality: it does not begin anew here."""
    if not file.is_elsewhere or file.transfer is None:
        return None
    if file.transfer.incoming:
        return _("The matter went back to the municipality that it came from.")
    return _("The matter was transferred: the other municipality has it now.")


def somebody_has_it(_actor: User, file: MatterFile) -> Reason:
    if file.matter.assignee_id is not None:
        return None
    return _("Take the matter first: somebody has to follow up what is waited for.")


def _takeable(actor: User, file: MatterFile) -> Reason:
    matter = file.matter
    if matter.assignee_id == actor.pk and matter.state != MatterState.NEW:
        return _("The matter is already yours.")
    if matter.assignee_id not in (None, actor.pk):
        return _("%(name)s has already taken the matter.") % {"name": matter.assignee}
    return None


def _just_taken(actor: User, file: MatterFile) -> Reason:
    matter, last = file.matter, file.last_deed
    mine = matter.assignee_id == actor.pk and matter.state == MatterState.IN_PROGRESS
    taken = mine and last is not None and last.kind == TAKEN and last.actor_id == actor.pk
    return None if taken else CANNOT_UNDO


def can_wait(matter: Matter) -> bool:
    """Whether the matter may be on hold at all: neither urgent nor under a deadline of the law."""
    return not matter.urgent and not matter.deadlines.filter(local=False).exists()


def _waits(_actor: User, file: MatterFile) -> Reason:
    return None if file.matter.state in WAITING else _("The matter is not waiting for anything.")


def _does_not_wait(_actor: User, file: MatterFile) -> Reason:
    return _("The matter waits already. Let it go on first.") if file.matter.waiting_until else None


def _is_closed(_actor: User, file: MatterFile) -> Reason:
    return _("The matter is open.") if file.matter.is_open else None


def _changed_when_closed(_actor: User, file: MatterFile) -> Reason:
    if not file.matter.is_open and file.matter.changed_after_closing:
        return None
    return _("There is no change to acknowledge.")


def _held(_actor: User, file: MatterFile) -> Reason:
    return None if file.matter.held_since else _("The matter is not on hold any more.")


def _application(_actor: User, file: MatterFile) -> Reason:
    if file.matter.kind == MatterKind.APPLICATION:
        return None
    return _("Missing information is asked for in an application only.")


def _nothing_asked(_actor: User, file: MatterFile) -> Reason:
    return _("Information has been asked for already.") if file.open_request else None


def _something_asked(_actor: User, file: MatterFile) -> Reason:
    return None if file.open_request else NOT_AWAITED


def _not_answered(_actor: User, file: MatterFile) -> Reason:
    request = file.latest_request
    return NOT_AWAITED if request is None or request.state == RequestState.ANSWERED else None


def transfer_waits(*, incoming: bool) -> Rule:
    """The transfer that came here, or went from here, has no answer yet."""

    def rule(_actor: User, file: MatterFile) -> Reason:
        transfer = file.transfer
        if transfer is None or transfer.incoming != incoming:
            return _("The matter is not being transferred.")
        return ANSWERED.get(transfer.state)

    return rule


def accepted_here(actor: User, file: MatterFile) -> Reason:
    """What needs the client, of whom a transfer that nobody has accepted shows nothing."""
    if file.transfer and transfer_waits(incoming=True)(actor, file) is None:
        return _("Accept the matter first, or return it.")
    return None


def settles(actor: User, time: Appointment) -> Reason:
    """What became of a time: told by whose time or record it is, and by who decides on its matter.

    Of one that is about no matter the own worker of the client and the supervisor decide.
    """
    if actor.pk == time.worker_id or _decides_on_time(actor, time):
        return None
    recorded_by = time.by_id if time.contact is None else time.contact.by_id
    if recorded_by == actor.pk:
        return None
    return _("The time is with %(name)s, who tells what became of it. A supervisor can do it too.") % {
        "name": time.worker.name
    }


def _decides_on_time(actor: User, time: Appointment) -> bool:
    if time.matter is not None:
        return may_decide(time.matter, actor)
    return is_own_worker(actor, time.client) or access_of(actor, time.municipality_id).all_units


def keeps_its_words(time: Appointment, state: str) -> Reason:
    """What was written of a meeting is not taken away by correcting the mark of its time."""
    contact = time.contact
    if contact is None or not (contact.text or contact.client_words) or state in MET_OR_MISSED:
        return None
    return _(
        "Something has been written of the meeting, and it is not removed. "
        "If there was no meeting, mark that the client did not come."
    )


def may_write(actor: User, file: MatterFile) -> Reason:
    """Whoever makes a letter learns the address: of a protected client, or of one whose matter is not ours yet."""
    client = file.matter.client
    if reason := accepted_here(actor, file):
        return reason
    if not client.non_disclosure or may_reveal_details(actor, client):
        return None
    return _("Only the own worker, who has the matter, or the supervisor may show these.")


def _tried(_actor: User, file: MatterFile) -> Reason:
    early = not_sought(file.matter, file.settings.attempts_before_letter)
    return early.label if early else None


def _letter_of_request_unwritten(_actor: User, file: MatterFile) -> Reason:
    request = file.open_request
    if request is None:
        return _("No information has been asked for in this matter.")
    written = any(
        letter.kind == LetterKind.INFORMATION_REQUEST and letter.made_at >= request.recorded_at
        for letter in file.letters
    )
    return _("The letter of this request has been made: it is among the letters of the matter.") if written else None


def _invitation_unwritten(_actor: User, file: MatterFile) -> Reason:
    time = file.offered_time
    if time is None:
        return _("No time has been offered in this matter.")
    written = any(
        letter.kind == LetterKind.APPOINTMENT and letter.made_at >= time.recorded_at for letter in file.letters
    )
    return _("The letter of this time has been made: it is among the letters of the matter.") if written else None


def _has_acts(_actor: User, file: MatterFile) -> Reason:
    """Marks to be taken back; the rest of the file need not be read for it."""
    if any(act.taken_back_at is None for act in file.acts):
        return None
    return _("Nothing has been marked as done in this matter.")


TAKE = every(is_open, _takeable)
UNDO_TAKE = every(is_open, _just_taken)
RESUME = every(decides, _waits)
WAIT = every(is_open, stays, decides, somebody_has_it, _does_not_wait)
CLOSE = every(is_open, stays, decides)
REOPEN = every(_is_closed, is_here)
ACKNOWLEDGE = _changed_when_closed
PASS_ON = every(is_open, decides)
RELEASE = every(decides, _held)
ASK = every(is_open, decides, stays, _application, somebody_has_it, _nothing_asked)
INFORMATION = every(is_open, decides, stays, _not_answered)
WITHDRAW = every(is_open, decides, _something_asked)
TO_PARTNER = every(is_open, decides, stays)
ANSWER_PARTNER = decides
TRANSFER = every(is_open, stays, decides)
ANSWER_TRANSFER = every(transfer_waits(incoming=True), is_open, decides)
REVOKE_TRANSFER = every(transfer_waits(incoming=False), is_open, decides)
CONTACT = is_open
ACT = every(is_open, decides)
TAKE_BACK_ACT = every(is_open, decides, _has_acts)
REMIND = every(is_open, decides)
OFFER = every(is_open, accepted_here)
LETTERS: dict[str, Rule] = {
    LetterKind.NOT_REACHED: every(is_open, may_write, _tried),
    LetterKind.INFORMATION_REQUEST: every(is_open, may_write, _letter_of_request_unwritten),
    LetterKind.APPOINTMENT: every(is_open, may_write, _invitation_unwritten),
}

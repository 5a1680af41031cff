"""The sentences of transfers. No municipality is named: under turvakielto a timeline must not tell where one went."""

from django.utils.translation import gettext as _

from cases.models import Event
from cases.timeline.sentences import sentence_for, who
from cases.timeline.sentences import with_reason as with_written_reason


def with_reason(text: str, event: Event) -> str:
    """What people wrote of a transfer may name the place: not told since the person is under turvakielto."""
    return text if event.client.non_disclosure else with_written_reason(text, event)


@sentence_for("transfer.requested", "move")
def requested(event: Event) -> str:
    return with_reason(_("%(who)s asked another municipality to take the matter.") % {"who": who(event)}, event)


@sentence_for("transfer.arrived", "tray")
def arrived(event: Event) -> str:
    text = with_reason(_("The matter came from another municipality."), event)
    if not event.data.get("restricted"):
        return text
    words = _("The client is restricted there, so here too only named people see the client.")
    return f"{text} {words}"


@sentence_for("transfer.accepted", "check")
def accepted(event: Event) -> str:
    if event.data.get("here"):
        return _("%(who)s accepted the transfer.") % {"who": who(event)}
    return _("The other municipality accepted the transfer. The matter was closed here.")


@sentence_for("transfer.returned", "left")
def returned(event: Event) -> str:
    if event.data.get("here"):
        return with_reason(_("%(who)s returned the matter to the other municipality.") % {"who": who(event)}, event)
    return with_reason(_("The other municipality returned the matter."), event)


@sentence_for("transfer.revoked", "left")
def revoked(event: Event) -> str:
    if event.data.get("here"):
        return with_reason(_("%(who)s revoked the transfer.") % {"who": who(event)}, event)
    return with_reason(_("The other municipality revoked the transfer. The matter was closed here."), event)

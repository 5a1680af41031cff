"""The sentences of the events of matters and contacts; registered when this module is imported (`CasesConfig`)."""

import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.models import Contact, Event, MatterKind
from cases.models.contact import Channel, ContactOutcome
from cases.models.matter import MatterSource, MatterState, Outcome
from cases.timeline.sentences import name_of, sentence_for, who, with_reason
from core.dates import full_stop, short_day

PICTURES: dict[Any, str] = {
    Channel.CALL: "phone",
    Channel.MESSAGE: "sms",
    Channel.LETTER: "letter",
    Channel.VISIT: "people",
    Channel.MEETING: "meet",
}
DONE: dict[Any, Promise] = {
    Channel.CALL: gettext_lazy("%(who)s called."),
    Channel.MESSAGE: gettext_lazy("%(who)s sent a message."),
    Channel.LETTER: gettext_lazy("%(who)s sent a letter."),
    Channel.VISIT: gettext_lazy("%(who)s visited the client."),
    Channel.MEETING: gettext_lazy("%(who)s had a meeting with the client."),
}
CAME_OF_IT: dict[Any, Promise] = {
    ContactOutcome.REACHED: gettext_lazy("The client was reached."),
    ContactOutcome.NO_ANSWER: gettext_lazy("No answer."),
    ContactOutcome.LEFT_MESSAGE: gettext_lazy("Left a message."),
}


@sentence_for("matter.opened", "tray")
def opened(event: Event) -> str:
    data = {
        "who": who(event),
        "kind": MatterKind(event.data["kind"]).label,
        "source": MatterSource(event.data["source"]).label,
    }
    return _("%(who)s opened a matter: %(kind)s (%(source)s).") % data


@sentence_for("matter.taken", "check")
def taken(event: Event) -> str:
    return _("%(who)s took the matter.") % {"who": who(event)}


@sentence_for("matter.take_undone", "left")
def take_undone(event: Event) -> str:
    return _("%(who)s gave the matter back to the queue.") % {"who": who(event)}


@sentence_for("matter.handed_over", "move")
def handed_over(event: Event) -> str:
    names = {"who": who(event), "to": name_of(event, event.data["to"])}
    return with_reason(_("%(who)s handed the matter over. It is now with %(to)s.") % names, event)


@sentence_for("matter.assigned", "move")
def assigned(event: Event) -> str:
    names = {"who": who(event), "to": name_of(event, event.data["to"])}
    return with_reason(_("%(who)s assigned the matter. It is now with %(to)s.") % names, event)


@sentence_for("matter.waiting", "clock")
def waiting(event: Event) -> str:
    day = short_day(datetime.date.fromisoformat(event.data["until"]))
    words = (
        _("%(who)s marked the matter as waiting for the client until %(day)s.")
        if event.data["state"] == MatterState.WAITING_CLIENT
        else _("%(who)s marked the matter as waiting for information until %(day)s.")
    )
    return with_reason(words % {"who": who(event), "day": day}, event)


@sentence_for("matter.resumed", "right")
def resumed(event: Event) -> str:
    return _("%(who)s went on with the matter.") % {"who": who(event)}


@sentence_for("matter.reminder", "clock")
def reminder(event: Event) -> str:
    if "day" not in event.data:
        return _("%(who)s removed the reminder.") % {"who": who(event)}
    day = short_day(datetime.date.fromisoformat(event.data["day"]))
    return full_stop(_("%(who)s set a reminder: %(day)s") % {"who": who(event), "day": day})


@sentence_for("matter.change_acknowledged", "eye")
def change_acknowledged(event: Event) -> str:
    return _("%(who)s looked at what Kela had changed after the closing.") % {"who": who(event)}


@sentence_for("matter.closed", "decision")
def closed(event: Event) -> str:
    words = _("%(who)s closed the matter: %(outcome)s.")
    return with_reason(words % {"who": who(event), "outcome": Outcome(event.data["outcome"]).label}, event)


@sentence_for("matter.reopened", "left")
def reopened(event: Event) -> str:
    return with_reason(_("%(who)s opened the matter again.") % {"who": who(event)}, event)


@sentence_for("matter.hold_released", "clock")
def hold_released(event: Event) -> str:
    if event.actor_id:
        return _("%(who)s released the matter from the hold.") % {"who": who(event)}
    if event.data.get("why") == "changed":
        return _("The matter is no longer on hold: a new version from Kela made it urgent or brought a legal deadline.")
    return _("The matter was released from the hold: its turn came.")


@sentence_for("contact.recorded", lambda event: PICTURES.get(event.data["channel"], "phone"))
def contacted(event: Event) -> str:
    return contact_words(event.data["channel"], event.data["outcome"], who(event))


def contact_sentence(contact: Contact) -> str:
    """ "Aino Demolainen soitti. Ei vastausta." """
    return contact_words(contact.channel, contact.outcome, contact.by.name)


def contact_words(channel: str, outcome: str, name: str) -> str:
    if outcome == ContactOutcome.DID_NOT_COME:
        return _("The client did not come to the meeting with %(who)s.") % {"who": name}
    if channel in (Channel.MESSAGE, Channel.LETTER) and outcome == ContactOutcome.REACHED:
        answered = pgettext("after a letter", "The client answered.")
        return f"{str(DONE[channel]) % {'who': name}} {answered}"
    if channel == Channel.MEETING:
        return str(DONE[channel]) % {"who": name}
    if channel == Channel.VISIT and outcome == ContactOutcome.NO_ANSWER:
        return _("%(who)s went to the client, who was not there.") % {"who": name}
    parts = [str(DONE[channel]) % {"who": name}, str(CAME_OF_IT.get(outcome, ""))]
    return " ".join(part for part in parts if part)

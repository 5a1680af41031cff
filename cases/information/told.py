"""The sentences of requests for information and of hand-overs to partners."""

import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Event
from cases.timeline.sentences import sentence_for, who, with_reason
from core.dates import short_day


def _day(event: Event, key: str) -> str:
    return short_day(datetime.date.fromisoformat(event.data[key]))


@sentence_for("information.asked", "letter")
def asked(event: Event) -> str:
    n = event.data["n"]
    words = ngettext(
        "%(who)s asked for %(n)s missing thing by %(day)s.", "%(who)s asked for %(n)s missing things by %(day)s.", n
    )
    return words % {"who": who(event), "n": n, "day": _day(event, "until")}


@sentence_for("information.came", "tray")
def came(event: Event) -> str:
    words = _("%(who)s recorded that the information came %(day)s.")
    return words % {"who": who(event), "day": _day(event, "on")}


@sentence_for("information.withdrawn", "left")
def withdrawn(event: Event) -> str:
    return with_reason(_("%(who)s withdrew the request for information.") % {"who": who(event)}, event)


@sentence_for("information.expired", "clock")
def expired(event: Event) -> str:
    return _("The time given for the information ran out %(day)s.") % {"day": _day(event, "until")}


HANDOVERS: dict[str, tuple[str, Promise]] = {
    "handover.proposed": ("move", gettext_lazy("%(who)s proposed a hand-over to a partner: %(partner)s.")),
    "handover.sent": ("move", gettext_lazy("%(who)s handed the client over to a partner: %(partner)s.")),
    "handover.asked_again": ("phone", gettext_lazy("%(who)s asked the partner again: %(partner)s.")),
    "handover.accepted": ("check", gettext_lazy("%(who)s recorded that the partner accepted: %(partner)s.")),
    "handover.declined": ("left", gettext_lazy("%(who)s recorded that the partner declined: %(partner)s.")),
    "handover.withdrawn": ("left", gettext_lazy("%(who)s withdrew the hand-over to a partner: %(partner)s.")),
}


def _register(kind: str, picture: str, words: Promise) -> None:
    @sentence_for(kind, picture)
    def told(event: Event) -> str:
        return with_reason(str(words) % {"who": who(event), "partner": event.data.get("name", "")}, event)


for kind, (picture, words) in HANDOVERS.items():
    _register(kind, picture, words)

"""The sentences of the events of acts; registered when this module is imported (`CasesConfig`)."""

import datetime

from django.utils.translation import gettext as _

from cases.models import ActKind, Event
from cases.timeline.sentences import sentence_for, who, with_reason
from core.dates import full_stop, short_day


def what_and_when(event: Event) -> dict[str, str]:
    day = datetime.date.fromisoformat(event.data["day"])
    return {"who": who(event), "what": lower(str(ActKind(event.data["act_kind"]).label)), "day": short_day(day)}


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


@sentence_for("act.recorded", "check")
def recorded(event: Event) -> str:
    return full_stop(_("%(who)s recorded: %(what)s, %(day)s") % what_and_when(event))


@sentence_for("act.taken_back", "left")
def taken_back(event: Event) -> str:
    words = _("%(who)s took back a wrong mark: %(what)s, %(day)s") % what_and_when(event)
    return with_reason(full_stop(words), event)

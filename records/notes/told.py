"""What was settled of what was agreed, as sentences."""

from django.utils.translation import gettext as _

from cases.models import Event
from cases.timeline.sentences import name_of, sentence_for, who, with_reason


@sentence_for("agreed.done", "check")
def agreed_done(event: Event) -> str:
    return _("%(who)s marked as done: “%(what)s”.") % {"who": who(event), "what": event.data.get("what", "")}


@sentence_for("agreed.put_aside")
def agreed_put_aside(event: Event) -> str:
    words = _("%(who)s put aside: “%(what)s”.") % {"who": who(event), "what": event.data.get("what", "")}
    return with_reason(words, event)


@sentence_for("colleague.answered", "bubble")
def answered(event: Event) -> str:
    asked = name_of(event, int(event.data.get("user", 0)))
    return _("%(who)s answered the question of %(asked)s.") % {"who": who(event), "asked": asked}

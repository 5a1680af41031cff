"""What was done to documents, as sentences."""

from django.utils.translation import gettext as _

from cases.models import Event
from cases.timeline.sentences import name_of, sentence_for, who, with_reason
from records.structures.registry import structure, versions


@sentence_for("document.begun")
def begun(event: Event) -> str:
    return _("%(who)s began the document “%(document)s”.") % _facts(event)


@sentence_for("document.finished", "check")
def finished(event: Event) -> str:
    return _("%(who)s finished the document “%(document)s”.") % _facts(event)


@sentence_for("document.corrected")
def corrected(event: Event) -> str:
    return with_reason(_("%(who)s made a new version of the document “%(document)s”.") % _facts(event), event)


@sentence_for("document.taken_over")
def taken_over(event: Event) -> str:
    before = name_of(event, int(event.data.get("before", 0)))
    words = _("%(who)s went on with the document “%(document)s” that %(before)s had begun.")
    return words % {**_facts(event), "before": before}


@sentence_for("document.thrown_away")
def thrown_away(event: Event) -> str:
    return _("%(who)s threw the draft of the document “%(document)s” away.") % _facts(event)


@sentence_for("document.cancelled")
def cancelled(event: Event) -> str:
    return with_reason(_("%(who)s cancelled the document “%(document)s”.") % _facts(event), event)


def _facts(event: Event) -> dict[str, str]:
    return {"who": who(event), "document": document_name(str(event.data.get("number", "")))}


def document_name(number: str) -> str:
    """The name of the newest version of a structure, in the language of the reader."""
    return str(structure(versions(number)[-1]).name)

"""What ingestion changed, as sentences of the timeline. An arrival leaves no event: the matter itself tells it."""

from django.utils.translation import gettext as _

from cases.models import Event, MatterKind
from cases.timeline.sentences import sentence_for
from etotu.parsing import field_label


def kind_words(event: Event) -> str:
    kind = event.data.get("kind", "")
    return str(MatterKind(kind).label) if kind in MatterKind.values else kind


@sentence_for("notice.changed", "doc")
def changed(event: Event) -> str:
    words = _("Kela sent a new version of the notice: %(kind)s, version %(version)s.")
    return words % {"kind": kind_words(event), "version": event.data.get("version")}


@sentence_for("notice.changed_after_closing", "warn")
def changed_after_closing(event: Event) -> str:
    words = _("Kela sent a new version of the notice after the matter was closed: %(kind)s, version %(version)s.")
    return words % {"kind": kind_words(event), "version": event.data.get("version")}


@sentence_for("notice.released", "doc")
def released(event: Event) -> str:
    fields = [field_label(path) for path in event.data.get("fields", [])]
    words = _("The notice had waited in quarantine and was released: %(kind)s.") % {"kind": kind_words(event)}
    return f"{words} {_('Corrected here: %(fields)s.') % {'fields': ', '.join(fields)}}" if fields else words

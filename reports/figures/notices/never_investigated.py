"""Which notices nobody has looked into: still New though their deadline has passed."""

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Matter, MatterKind, MatterState
from core.figures import Figure
from reports.figures.arrived import NOTICE_KINDS, NoticeKey, denominator, notices
from reports.figures.definition import FigureDefinition, row
from reports.figures.matters import listed
from reports.figures.question import Question
from reports.flows.measures import Measure


class NeverInvestigated(FigureDefinition[NoticeKey]):
    name = "never_investigated"
    title = _("Never investigated, by type")
    counts_are = _("Not investigated / notices")
    keys = NoticeKey

    def count(self, question: Question) -> Figure[NoticeKey]:
        counted = _untouched(question).order_by("kind").values_list("kind").annotate(n=Count("pk"))
        by_kind: dict[str, int] = dict(counted)
        whole = question.counts(Measure.NOTICES, Measure.URGENT).kinds(Measure.NOTICES)
        rows = [row(NoticeKey(kind), by_kind.get(kind, 0), whole[kind]) for kind in NOTICE_KINDS]
        note = gettext(
            "New for longer than its deadline, as it is now: nobody has taken the matter or contacted the client."
        )
        return self.of_classes(rows, denominator(), question, note)

    def rows(self, key: NoticeKey, question: Question) -> QuerySet[Matter]:
        return listed(_untouched(question, key.kind))


def _untouched(question: Question, kind: MatterKind | None = None) -> QuerySet[Matter]:
    """Found by the index of the open ones."""
    open_now = notices(question, kind).filter(closed_at=None)
    return open_now.filter(state=MatterState.NEW, due__lt=timezone.localdate())


NEVER_INVESTIGATED = NeverInvestigated()

"""Figure 6: notices by type, of those that arrived in the period."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.models import Matter
from core.figures import Figure
from reports.figures.arrived import NOTICE_KINDS, NoticeKey, denominator, notices
from reports.figures.definition import FigureDefinition, row
from reports.figures.matters import listed
from reports.figures.question import Question
from reports.flows.measures import Measure


class NoticesByType(FigureDefinition[NoticeKey]):
    name = "notices_by_type"
    title = _("Notices from Kela by type")
    counts_are = _("Notices")
    keys = NoticeKey

    def count(self, question: Question) -> Figure[NoticeKey]:
        found = question.counts(Measure.NOTICES, Measure.URGENT)
        by_kind, urgent = found.kinds(Measure.NOTICES), sum(found.of(Measure.URGENT).values())
        rows = [row(NoticeKey(kind), by_kind[kind]) for kind in NOTICE_KINDS]
        note = ngettext("%(n)s was urgent.", "%(n)s were urgent.", urgent) % {"n": urgent}
        return self.of_classes(rows, denominator(), question, note)

    def rows(self, key: NoticeKey, question: Question) -> QuerySet[Matter]:
        return listed(notices(question, key.kind))


NOTICES_BY_TYPE = NoticesByType()

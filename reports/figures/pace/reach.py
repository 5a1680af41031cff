"""Of the notices of each type, those whose client has been reached."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Matter
from core.figures import Figure
from reports.figures.arrived import NOTICE_KINDS, denominator
from reports.figures.definition import FigureDefinition, row
from reports.figures.pace.contacted import NOT_REACHED, PaceKey, contacted
from reports.figures.question import Question
from reports.flows.measures import NOT_YET, Measure


class Reach(FigureDefinition[PaceKey]):
    name = "reach"
    title = _("Clients reached, by type of notice")
    counts_are = _("Reached / notices")
    keys = PaceKey

    def count(self, question: Question) -> Figure[PaceKey]:
        found = question.counts(Measure.TRIED, Measure.REACHED)
        rows = []
        for kind in NOTICE_KINDS:
            days = found.of(Measure.REACHED, [kind])
            whole = sum(days.values())
            rows.append(row(PaceKey(kind), whole - days[NOT_YET], whole))
        return self.of_classes(rows, denominator(), question)

    def label(self, key: PaceKey) -> str:
        return key.words_of(NOT_REACHED)

    def rows(self, key: PaceKey, question: Question) -> QuerySet[Matter]:
        return contacted(key, question, reached=True)


REACH = Reach()

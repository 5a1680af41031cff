"""Working days from arrival to the first contact, and to the first that reached the client."""

from dataclasses import replace
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Matter
from core.figures import Figure
from reports.figures.arrived import NOTICE_KINDS, denominator
from reports.figures.definition import FigureDefinition
from reports.figures.pace.contacted import PaceKey, contacted
from reports.figures.pace.spreads import spread_of_days, timed, told
from reports.figures.question import Question
from reports.flows.measures import Measure


class _First(FigureDefinition[PaceKey]):
    keys = PaceKey
    measure: ClassVar[Measure]

    def count(self, question: Question) -> Figure[PaceKey]:
        found = question.counts(Measure.TRIED, Measure.REACHED)
        rows = [timed(PaceKey(kind), found.of(self.measure, [kind])) for kind in NOTICE_KINDS]
        unit, spread = gettext("working days"), spread_of_days(found.of(self.measure))
        figure = self.of_classes(rows, denominator(), question, *told(spread, unit))
        return replace(figure, unit=unit, total=figure.total and replace(figure.total, spread=spread))

    def rows(self, key: PaceKey, question: Question) -> QuerySet[Matter]:
        return contacted(key, question, reached=self.measure == Measure.REACHED)


class FirstContact(_First):
    """Whether it reached the client or not."""

    name = "first_contact"
    title = _("From arrival to the first contact")
    measure = Measure.TRIED


class FirstReached(_First):
    name = "first_reached"
    title = _("From arrival to the first contact that reached the client")
    measure = Measure.REACHED


FIRST_CONTACT = FirstContact()
FIRST_REACHED = FirstReached()

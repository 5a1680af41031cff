"""Working days from arrival to the first contact, and to the first that reached the client."""

from collections import Counter
from dataclasses import replace
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Matter
from core.figures import Figure
from reports.figures.arrived import NOTICE_KINDS, denominator
from reports.figures.definition import FigureDefinition
from reports.figures.pace.contacted import NO_CONTACT, NOT_REACHED, Missing, PaceKey, closed_without, contacted
from reports.figures.pace.spreads import spread_of_days, timed, told
from reports.figures.question import Question
from reports.flows.measures import Measure


class _First(FigureDefinition[PaceKey]):
    keys = PaceKey
    measure: ClassVar[Measure]
    missing_words: ClassVar[dict[Missing, Promise]]

    def count(self, question: Question) -> Figure[PaceKey]:
        found = question.counts(Measure.TRIED, Measure.REACHED)
        rows = [timed(PaceKey(kind), found.of(self.measure, [kind])) for kind in NOTICE_KINDS]
        unit, spread = gettext("working days"), spread_of_days(found.of(self.measure))
        figure = self.of_classes(rows, denominator(), question, *told(spread, unit))
        return replace(figure, unit=unit, total=figure.total and replace(figure.total, spread=spread))

    def rows(self, key: PaceKey, question: Question) -> QuerySet[Matter]:
        return contacted(key, question, reached=self.reached)

    def label(self, key: PaceKey) -> str:
        return key.words_of(self.missing_words)

    def closed_without(self, question: Question) -> Counter[str]:
        return closed_without(question, reached=self.reached)

    @property
    def reached(self) -> bool:
        return self.measure == Measure.REACHED


class FirstContact(_First):
    """Whether it reached the client or not."""

    name = "first_contact"
    title = _("From arrival to the first contact")
    measure = Measure.TRIED
    missing_words = NO_CONTACT


class FirstReached(_First):
    name = "first_reached"
    title = _("From arrival to the first contact that reached the client")
    measure = Measure.REACHED
    missing_words = NOT_REACHED


FIRST_CONTACT = FirstContact()
FIRST_REACHED = FirstReached()

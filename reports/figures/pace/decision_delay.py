"""Calendar days from Kela's decision to arrival here, of the applications that tell the day of the decision."""

from dataclasses import dataclass, replace
from typing import ClassVar

from django.db import models
from django.db.models import DateField, F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Matter, MatterKind
from core.figures import Figure
from reports.figures.arrived import notices
from reports.figures.definition import FigureDefinition
from reports.figures.keys import RowKey
from reports.figures.matters import listed
from reports.figures.pace.spreads import timed, told
from reports.figures.question import Question
from reports.flows.measures import NOT_YET, Measure


class NotTold(models.TextChoices):
    NOT_TOLD = NOT_YET, _("day not told")


@dataclass(frozen=True, slots=True)
class DecisionKey(RowKey):
    """Of applications only: no other notice comes after a decision."""

    VALUES: ClassVar = ((MatterKind.APPLICATION,), tuple(NotTold))

    kind: MatterKind | None = None
    missing: NotTold | None = None


class DecisionDelay(FigureDefinition[DecisionKey]):
    name = "decision_delay"
    title = _("From Kela's decision to arrival here")
    keys = DecisionKey

    def count(self, question: Question) -> Figure[DecisionKey]:
        counted = timed(DecisionKey(MatterKind.APPLICATION), question.counts(Measure.DECISION).of(Measure.DECISION))
        unit = gettext("days")
        of = gettext(
            "applications that arrived in the period; counted are those that tell a day of decision before arrival"
        )
        figure = self.of_people([counted], of, question, *told(counted.spread, unit), n=counted.base or 0)
        return replace(figure, unit=unit)

    def rows(self, key: DecisionKey, question: Question) -> QuerySet[Matter]:
        """Applications whose notice tells a day of Kela's decision not after their arrival, or the others."""
        text = KeyTextTransform("decision_date", KeyTransform("application", "notice__content"))
        applications = notices(question, MatterKind.APPLICATION).annotate(decided=Cast(text, DateField()))
        is_told = Q(decided__isnull=False, decided__lte=F("arrived"))
        return listed(applications.exclude(is_told) if key.missing else applications.filter(is_told))


DECISION_DELAY = DecisionDelay()

"""How the notices were answered: their outcomes so far in groups, of all and by type."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Matter, MatterKind
from cases.models.matter import Outcome
from core.figures import Figure
from reports.figures.arrived import NOTICE_KINDS, denominator, notices
from reports.figures.definition import FigureDefinition, row
from reports.figures.keys import RowKey
from reports.figures.matters import listed
from reports.figures.question import Question
from reports.flows.measures import Measure
from reports.flows.read import Counts


class Answer(models.TextChoices):
    """The outcomes in groups, in the order of the table."""

    DECIDED = "decided", _("Support decided")
    PLANNED = "planned", _("Plan or assessment made")
    NO_NEED = "no_need", _("Met, no further need")
    CLIENT = "client", _("Already a client")
    PASSED_ON = "passed_on", _("Passed on elsewhere")
    NOT_REACHED = "not_reached", _("Not reached, letter sent")
    DECLINED = "declined", _("Declined")
    WRONG = "wrong", _("Wrong or withdrawn")
    OPEN = "open", _("Still open")


OUTCOMES: Final[dict[Answer, tuple[str, ...]]] = {
    Answer.DECIDED: (Outcome.SUPPORT_GRANTED, Outcome.SUPPORT_REFUSED),
    Answer.PLANNED: (Outcome.PLAN_MADE, Outcome.ASSESSMENT_MADE),
    Answer.NO_NEED: (Outcome.MET_NO_NEED,),
    Answer.CLIENT: (Outcome.ALREADY_CLIENT,),
    Answer.PASSED_ON: (Outcome.OWN_COACH, Outcome.OUTREACH_YOUTH_WORK, Outcome.TRANSFERRED),
    Answer.NOT_REACHED: (Outcome.NOT_REACHED,),
    Answer.DECLINED: (Outcome.DECLINED,),
    Answer.WRONG: (Outcome.WRONG_OR_WITHDRAWN,),
    Answer.OPEN: ("",),
}


@dataclass(frozen=True, slots=True)
class AnswerKey(RowKey):
    VALUES: ClassVar = (tuple(Answer),)

    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class TypeAnswerKey(RowKey):
    VALUES: ClassVar = (NOTICE_KINDS, tuple(Answer))

    kind: MatterKind | None = None
    answer: Answer | None = None


class Answers(FigureDefinition[AnswerKey]):
    name = "answers"
    title = _("How the notices were answered")
    rows_are = _("Answer")
    counts_are = _("Notices")
    keys = AnswerKey

    def count(self, question: Question) -> Figure[AnswerKey]:
        found = _counted(question).of(Measure.NOTICES)
        rows = [row(AnswerKey(answer), sum(found[one] for one in OUTCOMES[answer])) for answer in Answer]
        note = gettext("As they are now. Passed on: to outreach youth work, the own coach or another municipality.")
        return self.of_classes(rows, denominator(), question, note)

    def rows(self, key: AnswerKey, question: Question) -> QuerySet[Matter]:
        return listed(_answered(notices(question), key.answer))


class AnswersByType(FigureDefinition[TypeAnswerKey]):
    """The denominator of a row is the notices of its type."""

    name = "answers_by_type"
    title = _("How the notices were answered, by type")
    keys = TypeAnswerKey

    def count(self, question: Question) -> Figure[TypeAnswerKey]:
        found = _counted(question)
        rows, whole = [], found.kinds(Measure.NOTICES)
        for kind in NOTICE_KINDS:
            by_outcome = found.of(Measure.NOTICES, [kind])
            rows += [
                row(TypeAnswerKey(kind, answer), sum(by_outcome[one] for one in OUTCOMES[answer]), whole[kind])
                for answer in Answer
            ]
        return self.of_people(rows, denominator(), question, n=sum(whole[kind] for kind in NOTICE_KINDS))

    def rows(self, key: TypeAnswerKey, question: Question) -> QuerySet[Matter]:
        return listed(_answered(notices(question, key.kind), key.answer))


def _counted(question: Question) -> Counts:
    return question.counts(Measure.NOTICES, Measure.URGENT)


def _answered(found: QuerySet[Matter], answer: Answer | None) -> QuerySet[Matter]:
    return found.filter(outcome__in=OUTCOMES[answer]) if answer else found


ANSWERS = Answers()
ANSWERS_BY_TYPE = AnswersByType()

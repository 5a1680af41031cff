"""The matters that figures count, of those whom the question asks about."""

from django.db.models import DateField, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils import timezone

from cases.models import Matter
from reports.figures.question import Question


def matters_of(question: Question, on: Combinable) -> QuerySet[Matter]:
    """`on` is the day on which the client's age counts."""
    matters = Matter.objects.filter(municipality=question.municipality)
    matters = question.among.of_unit(matters, "unit")
    matters = question.among.of_age(matters, on, "client__")
    return matters if question.restricted else matters.filter(client__restricted=False)


def open_matters(question: Question) -> QuerySet[Matter]:
    return matters_of(question, today()).filter(closed_at=None)


def arrived_matters(question: Question) -> QuerySet[Matter]:
    return matters_of(question, F("arrived")).filter(arrived__range=(question.period.first, question.period.last))


def listed(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """As a list shows them, the newest first."""
    return matters.select_related("unit").order_by("-arrived", "-pk")


def today() -> Combinable:
    return Value(timezone.localdate(), DateField())

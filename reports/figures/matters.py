"""The matters that figures count; `restricted=False` in the question leaves restricted clients out."""

from django.db.models import QuerySet

from cases.models import Matter
from reports.figures.question import Question


def matters_of(question: Question) -> QuerySet[Matter]:
    matters = Matter.objects.filter(municipality=question.municipality)
    return matters if question.restricted else matters.filter(client__restricted=False)


def open_matters(question: Question) -> QuerySet[Matter]:
    return matters_of(question).filter(closed_at=None)


def listed(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """As a list shows them, the newest first."""
    return matters.select_related("assignee").order_by("-arrived", "-pk")

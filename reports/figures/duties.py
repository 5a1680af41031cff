"""Deadlines kept, by duty."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models.deadline import Duty
from core.figures import Figure
from reports.figures.question import Question
from reports.models import Flow

DUTIES: dict[Duty, Promise] = {
    Duty.DECIDE_URGENT: gettext_lazy("Application, urgent"),
    Duty.DECIDE: gettext_lazy("Application"),
    Duty.DECIDE_ASKED: gettext_lazy("Application, after the asked information"),
    Duty.DISCUSS: gettext_lazy("Personal discussion"),
    Duty.ASSESS_URGENT: gettext_lazy("Need for social work, urgent"),
    Duty.ASSESS: gettext_lazy("Need for social work"),
    Duty.PLAN: gettext_lazy("Reduced basic amount"),
    Duty.ACTIVATE: gettext_lazy("Notices of unemployment"),
    Duty.INTEGRATE: gettext_lazy("Immigrant"),
}


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One duty: how many ended, were kept, met late but within the outer limit, and late."""

    key: str
    label: str
    ended: int
    kept: int
    within_outer: int
    late: int

    @property
    def share(self) -> float | None:
        return self.kept / self.ended if self.ended else None


def kept_rows(question: Question) -> list[KeptRow]:
    counted = question.counts(Flow.DUE, "deadlines")
    rows = []
    for duty, label in DUTIES.items():
        parts = counted.of("deadlines", [duty.value])
        ended, kept = sum(parts.values()), parts["kept"]
        rows.append(KeptRow(duty.value, str(label), ended, kept, parts["within"], parts["late"]))
    return rows


def deadlines_kept(question: Question) -> Figure:
    """Of the deadlines whose shown day lies in the period, those met on or before it, by duty."""
    return kept_figure(question, kept_rows(question))


def kept_figure(question: Question, kept: list[KeptRow]) -> Figure:
    """The same of rows that are counted already."""
    figure = Figure.of_classes(
        "deadlines_kept",
        _("Deadlines kept by type"),
        [question.row("deadlines_kept", r.key, r.label, r.kept, r.ended) for r in kept],
        _("deadlines whose day lies in the period and is past"),
        period=question.period,
    )
    return question.with_total_link(figure)

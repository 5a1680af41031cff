"""How long things took: from Kela's decision to arrival here, and from arrival to the first contacts."""

from collections import Counter
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.models import MatterKind
from core.figures import Figure, FigureRow
from core.spread import Spread, spread_of
from reports.figures.notices import NOTICE_KINDS, denominator
from reports.figures.question import Question
from reports.models import Flow

NONE = "none"


def decision_delay(question: Question) -> Figure:
    """Calendar days from Kela's decision to arrival here, of the applications that tell the day of the decision."""
    days = question.counts(Flow.ARRIVED, "decision").of("decision")
    row = _timed(question, "decision_delay", MatterKind.APPLICATION.value, MatterKind.APPLICATION.label, days)
    figure = Figure.of_people(
        "decision_delay",
        _("From Kela's decision to arrival here"),
        [row],
        _("applications that arrived in the period; counted are those that tell a day of decision before arrival"),
        n=row.base or 0,
        notes=told(row.spread, _("days")),
        period=question.period,
    )
    return replace(figure, unit=_("days"))


def first_contact(question: Question) -> Figure:
    """Working days from arrival to the first contact, whether it reached the client or not."""
    title = _("From arrival to the first contact")
    return _by_type(question, "first_contact", title, "tried")


def first_reached(question: Question) -> Figure:
    """Working days from arrival to the first contact that reached the client."""
    title = _("From arrival to the first contact that reached the client")
    return _by_type(question, "first_reached", title, "reached")


def _by_type(question: Question, name: str, title: str, measure: str) -> Figure:
    found = question.counts(Flow.ARRIVED, "tried", "reached")
    rows = [_timed(question, name, k.value, k.label, found.of(measure, [k.value])) for k in NOTICE_KINDS]
    figure = Figure.of_classes(name, title, rows, denominator(), period=question.period)
    spread = spread_of(_days(found.of(measure)))
    figure = replace(figure, unit=_("working days"), notes=told(spread, _("working days")))
    figure = replace(figure, total=figure.total and replace(figure.total, spread=spread))
    return question.with_total_link(figure)


def _timed(question: Question, name: str, key: str, label: str | Promise, days: Counter[str]) -> FigureRow:
    whole = sum(days.values())
    row = question.row(name, key, label, whole - days[NONE], whole)
    return replace(row, spread=spread_of(_days(days)))


def _days(details: Counter[str]) -> Counter[int]:
    return Counter({int(detail): n for detail, n in details.items() if detail != NONE})


def told(spread: Spread | None, unit: str) -> tuple[str, ...]:
    if spread is None:
        return ()
    words = _("Median %(median)s %(unit)s; the middle half took %(low)s–%(high)s.")
    return (words % {"median": spread.median, "unit": unit, "low": spread.low, "high": spread.high},)

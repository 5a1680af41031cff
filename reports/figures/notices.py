"""Notices by type, how they were answered, whom they reached, and which nobody has looked into.

All are of the notices from Kela that arrived in the period, so their N is the same.
"""

from typing import Final

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import MatterKind
from cases.models.matter import Outcome
from core.figures import Figure
from reports.figures import counts
from reports.figures.question import Question
from reports.models import Flow

NOTICE_KINDS: Final = [k for k in MatterKind if k not in {MatterKind.DISCUSSION, MatterKind.CONTACT}]
OPEN: Final = "open"
ANSWERS: Final[dict[str, tuple[Promise, tuple[str, ...]]]] = {
    "decided": (gettext_lazy("Support decided"), (Outcome.SUPPORT_GRANTED, Outcome.SUPPORT_REFUSED)),
    "planned": (gettext_lazy("Plan or assessment made"), (Outcome.PLAN_MADE, Outcome.ASSESSMENT_MADE)),
    "no_need": (gettext_lazy("Met, no further need"), (Outcome.MET_NO_NEED,)),
    "client": (gettext_lazy("Already a client"), (Outcome.ALREADY_CLIENT,)),
    "passed_on": (
        gettext_lazy("Passed on elsewhere"),
        (Outcome.OWN_COACH, Outcome.OUTREACH_YOUTH_WORK, Outcome.TRANSFERRED),
    ),
    "not_reached": (gettext_lazy("Not reached, letter sent"), (Outcome.NOT_REACHED,)),
    "declined": (gettext_lazy("Declined"), (Outcome.DECLINED,)),
    "wrong": (gettext_lazy("Wrong or withdrawn"), (Outcome.WRONG_OR_WITHDRAWN,)),
    OPEN: (gettext_lazy("Still open"), ("",)),
}
"""The outcomes in groups, in the order of the table."""


def denominator() -> str:
    return _("notices that arrived in the period, each once")


def notices_by_type(question: Question) -> Figure:
    """Figure 6: notices by type of those that arrived in the period."""
    found = question.counts(Flow.ARRIVED, "notices", "urgent")
    by_kind, urgent = found.kinds("notices"), sum(found.of("urgent").values())
    figure = Figure.of_classes(
        "notices_by_type",
        _("Notices from Kela by type"),
        [question.row("notices_by_type", k.value, k.label, by_kind[k.value]) for k in NOTICE_KINDS],
        denominator(),
        notes=(ngettext("%(n)s was urgent.", "%(n)s were urgent.", urgent) % {"n": urgent},),
        period=question.period,
    )
    return question.with_total_link(figure)


def answers(question: Question) -> Figure:
    """How the notices were answered: their outcomes so far, in groups."""
    found = question.counts(Flow.ARRIVED, "notices", "urgent").of("notices")
    rows = [
        question.row("answers", key, label, sum(found[outcome] for outcome in outcomes))
        for key, (label, outcomes) in ANSWERS.items()
    ]
    note = _("As they are now. Passed on: to outreach youth work, the own coach or another municipality.")
    figure = Figure.of_classes(
        "answers", _("How the notices were answered"), rows, denominator(), notes=(note,), period=question.period
    )
    return question.with_total_link(figure)


def answers_by_type(question: Question) -> Figure:
    """The same by type; the key of a row is `kind.answer`, its denominator the notices of the type."""
    found = question.counts(Flow.ARRIVED, "notices", "urgent")
    rows, n = [], 0
    for kind in NOTICE_KINDS:
        by_outcome = found.of("notices", [kind.value])
        whole = sum(by_outcome.values())
        n += whole
        rows += [
            question.row(
                "answers_by_type",
                f"{kind.value}.{key}",
                format_lazy("{}, {}", kind.label, label),
                sum(by_outcome[outcome] for outcome in outcomes),
                whole,
            )
            for key, (label, outcomes) in ANSWERS.items()
        ]
    title = _("How the notices were answered, by type")
    return Figure.of_people("answers_by_type", title, rows, denominator(), n=n, period=question.period)


def reach(question: Question) -> Figure:
    """Of the notices of each type, those whose client has been reached."""
    found = question.counts(Flow.ARRIVED, "tried", "reached")
    rows = []
    for kind in NOTICE_KINDS:
        days = found.of("reached", [kind.value])
        whole = sum(days.values())
        rows.append(question.row("reach", kind.value, kind.label, whole - days["none"], whole))
    figure = Figure.of_classes(
        "reach", _("Clients reached, by type of notice"), rows, denominator(), period=question.period
    )
    return question.with_total_link(figure)


def never_investigated(question: Question) -> Figure:
    """Of the notices of each type, those still New though their deadline has passed."""
    untouched = counts.never_investigated(question.municipality, question.period, restricted=question.restricted)
    by_kind = dict(untouched.order_by("kind").values_list("kind").annotate(n=Count("pk")))
    whole = question.counts(Flow.ARRIVED, "notices", "urgent").kinds("notices")
    rows = [
        question.row("never_investigated", k.value, k.label, by_kind.get(k.value, 0), whole[k.value])
        for k in NOTICE_KINDS
    ]
    note = _("New for longer than its deadline, as it is now: nobody has taken the matter or contacted the client.")
    title = _("Never investigated, by type")
    figure = Figure.of_classes("never_investigated", title, rows, denominator(), notes=(note,), period=question.period)
    return question.with_total_link(figure)

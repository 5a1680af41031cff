"""The municipality's pages: what is so now, and the figures of a period beside those of the period before."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.figures import Figure
from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.asked import READERS, Asked
from reports.dashboard.tables import answer_table, kept_table, not_come, open_rows, open_totals, spread_rows
from reports.figures.attendance import compared, comparison_words
from reports.figures.duties import kept_figure, kept_rows
from reports.figures.registry import build
from reports.figures.waiting import four_questions


@roles(*READERS)
def dashboard(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard")
    by_type = build("answers_by_type", asked.question, opens_rows=True)
    context = asked.context(
        questions=four_questions(asked.question),
        notices=asked.figure("notices_by_type"),
        answers=asked.figure("answers"),
        answers_by_type=by_type,
        answer_table=answer_table(by_type),
    )
    return render(request, "reports/dashboard.html", context)


@roles(*READERS)
def pace(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_pace")
    names = ("decision_delay", "first_contact", "first_reached")
    figures = [asked.figure(name) for name in names]
    sections = [(figure, spread_rows(figure, asked.question)) for figure in figures]
    return render(request, "reports/pace.html", asked.context(sections=sections))


@roles(*READERS)
def reach_and_attendance(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_reach")
    attendance, by_age = asked.figure("attendance"), asked.figure("attendance_by_age")
    context = asked.context(
        reach=asked.figure("reach"),
        attendance=without_empty(attendance),
        by_age=by_age,
        compared=compared(attendance),
        comparison=comparison_words(attendance),
        not_come=not_come(asked.question),
        told_by_quarter=by_age.period != asked.period,
    )
    return render(request, "reports/reach.html", context)


@roles(*READERS)
def deadlines(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_deadlines")
    kept, before = kept_rows(asked.question), kept_rows(asked.question.previous())
    duties, all_duties = kept_table(kept, asked.question, before)
    open_now = build("open_matters", asked.question, opens_rows=True)
    states = open_rows(open_now)
    context = asked.context(
        kept=kept_figure(asked.question, kept),
        kept_rows=duties,
        kept_total=all_duties,
        before=asked.period.previous(),
        never=asked.figure("never_investigated"),
        open=open_now,
        open_rows=states,
        open_totals=open_totals(states, asked.question),
    )
    return render(request, "reports/deadlines.html", context)


@roles(*READERS)
def client_goals(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_goals")
    context = asked.context(
        goals=without_zeros(asked.figure("goals")), all_goals=without_zeros(asked.figure("all_goals"))
    )
    return render(request, "reports/goals.html", context)


def without_zeros(figure: Figure) -> Figure:
    """For the page: goals that nobody has are named in a note instead of twenty empty bars."""
    zeros = [row.label for row in figure.rows if row.count == 0]
    rows = tuple(row for row in figure.rows if row.count != 0)
    if not rows or not zeros:
        return replace(figure, rows=rows)
    note = _("Nobody has: %(goals)s.") % {"goals": ", ".join(zeros)}
    return replace(figure, rows=rows, notes=(*figure.notes, note))


def without_empty(figure: Figure) -> Figure:
    """For the page: no row for a type that had no appointment in either period."""
    rows = tuple(row for row in figure.rows if row.base != 0 or (row.before and row.before.base != 0))
    return replace(figure, rows=rows)

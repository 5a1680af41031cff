"""The municipality's pages: what is so now, and the figures of a period beside those of the period before.

A template names the figures that it shows as they are (`figure_of`); a page passes what is arranged for it alone.
"""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render

from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.asked import READERS, Asked
from reports.dashboard.tables.answers import answer_table
from reports.dashboard.tables.attendance import not_come
from reports.dashboard.tables.deadlines import kept_table
from reports.dashboard.tables.open_matters import open_rows, open_totals
from reports.dashboard.tables.pace import spread_rows
from reports.figures.attendance.by_age import ATTENDANCE_BY_AGE
from reports.figures.attendance.by_type import ATTENDANCE
from reports.figures.attendance.comparison import compared, comparison_words
from reports.figures.deadlines_kept import DEADLINES_KEPT
from reports.figures.definition import FigureDefinition
from reports.figures.goals.clients import MAIN_GOALS
from reports.figures.notices.answers import ANSWERS_BY_TYPE
from reports.figures.open_matters import OPEN_MATTERS
from reports.figures.pace.contacts import FIRST_CONTACT, FIRST_REACHED
from reports.figures.pace.decision_delay import DECISION_DELAY
from reports.figures.registry import FOUR_QUESTIONS

PACE: Final[tuple[FigureDefinition[Any], ...]] = (DECISION_DELAY, FIRST_CONTACT, FIRST_REACHED)


@roles(*READERS)
def dashboard(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard")
    by_type = ANSWERS_BY_TYPE.exact(asked.question)
    context = asked.context(
        questions=[question.answer(asked.question) for question in FOUR_QUESTIONS],
        answers_by_type=by_type,
        answer_table=answer_table(by_type),
    )
    return render(request, "reports/dashboard.html", context)


@roles(*READERS)
def pace(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_pace")
    sections = []
    for definition in PACE:
        figure = asked.figure(definition)
        sections.append({"figure": figure, "rows": spread_rows(definition, figure, asked.question)})
    return render(request, "reports/pace.html", asked.context(sections=sections))


@roles(*READERS)
def reach_and_attendance(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_reach")
    attendance, by_age = asked.figure(ATTENDANCE), asked.figure(ATTENDANCE_BY_AGE)
    context = asked.context(
        attendance=ATTENDANCE.shown(attendance),
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
    duties, all_duties = kept_table(asked.question)
    open_now = OPEN_MATTERS.exact(asked.question)
    states = open_rows(open_now)
    context = asked.context(
        kept=DEADLINES_KEPT.exact(asked.question),
        kept_rows=duties,
        kept_total=all_duties,
        before=asked.period.previous(),
        open=open_now,
        open_rows=states,
        open_totals=open_totals(states, asked.question),
    )
    return render(request, "reports/deadlines.html", context)


@roles(*READERS)
def client_goals(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_goals")
    return render(request, "reports/goals.html", asked.context(goals=asked.figure(MAIN_GOALS)))

"""The municipality's pages: what is so now, and the figures of a period beside those of the period before.

A template names the figures that it shows as they are (`figure_of`); a page passes what is arranged for it alone.
"""

from django.http import HttpResponse
from django.shortcuts import render

from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.asked import READERS, Asked
from reports.dashboard.tables.answers import answer_table
from reports.dashboard.tables.attendance import not_come
from reports.dashboard.tables.deadlines import kept_table
from reports.dashboard.tables.open_matters import open_rows, open_totals
from reports.dashboard.tables.pace import contacts, decisions
from reports.figures.attendance.by_age import ATTENDANCE_BY_AGE
from reports.figures.attendance.by_type import ATTENDANCE
from reports.figures.attendance.comparison import compared, comparison_words
from reports.figures.deadlines_kept import DEADLINES_KEPT
from reports.figures.goals.clients import MAIN_GOALS
from reports.figures.notices.answers import ANSWERS_BY_TYPE
from reports.figures.open_matters import OPEN_MATTERS
from reports.figures.pace.contacts import FIRST_CONTACT, FIRST_REACHED
from reports.figures.pace.decision_delay import DECISION_DELAY
from reports.figures.registry import FOUR_QUESTIONS
from reports.models import ListQuestion


@roles(*READERS)
def dashboard(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard")
    by_type = ANSWERS_BY_TYPE.exact(asked.question)
    context = asked.context(
        questions_waiting=questions_waiting(request),
        questions=[question.answer(asked.question) for question in FOUR_QUESTIONS],
        answers_by_type=by_type,
        answer_table=answer_table(by_type),
        answers_csv=asked.csv(ANSWERS_BY_TYPE),
    )
    return render(request, "reports/dashboard.html", context)


def questions_waiting(request: MunicipalRequest) -> int:
    """Those that a supervisor is asked to answer."""
    return ListQuestion.objects.waiting(request.municipality).count() if request.access.all_units else 0


@roles(*READERS)
def pace(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_pace")
    tables = [decisions(asked.figure(DECISION_DELAY), asked.question, asked.csv(DECISION_DELAY))]
    tables += [
        contacts(definition, asked.figure(definition), asked.question, asked.csv(definition))
        for definition in (FIRST_CONTACT, FIRST_REACHED)
    ]
    return render(request, "reports/pace.html", asked.context(tables=tables))


@roles(*READERS)
def reach_and_attendance(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_reach")
    attendance = asked.figure(ATTENDANCE)
    context = asked.context(
        attendance=ATTENDANCE.shown(attendance),
        by_age=asked.figure(ATTENDANCE_BY_AGE),
        compared=compared(attendance),
        comparison=comparison_words(attendance),
        not_come=not_come(asked.question),
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
        kept_csv=asked.csv(DEADLINES_KEPT),
        open=open_now,
        open_rows=states,
        open_totals=open_totals(states, asked.question),
        open_csv=asked.csv(OPEN_MATTERS),
    )
    return render(request, "reports/deadlines.html", context)


@roles(*READERS)
def client_goals(request: MunicipalRequest) -> HttpResponse:
    asked = Asked(request, "dashboard_goals")
    return render(request, "reports/goals.html", asked.context(goals=asked.figure(MAIN_GOALS)))

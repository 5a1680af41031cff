"""The figures of a municipality as values: `build(name, …)` for the page, the CSV and the command alike."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from core.figures import Figure
from reports.figures.attendance import attendance, attendance_by_age, told_period, without_small_types
from reports.figures.duties import deadlines_kept
from reports.figures.goals import goals
from reports.figures.notices import answers, answers_by_type, never_investigated, notices_by_type, reach
from reports.figures.pace import decision_delay, first_contact, first_reached
from reports.figures.question import Question
from reports.figures.standing import open_matters
from reports.figures.suppressing import hidden_in, over_time

FIGURES: Final[dict[str, Callable[[Question], Figure]]] = {
    "notices_by_type": notices_by_type,
    "answers": answers,
    "answers_by_type": answers_by_type,
    "decision_delay": decision_delay,
    "first_contact": first_contact,
    "first_reached": first_reached,
    "never_investigated": never_investigated,
    "reach": reach,
    "attendance": attendance,
    "attendance_by_age": attendance_by_age,
    "open_matters": open_matters,
    "deadlines_kept": deadlines_kept,
    "goals": goals,
    "all_goals": lambda question: goals(question, main_only=False),
}
GOALS: Final = frozenset({"goals", "all_goals"})
SUPPRESSED: Final = GOALS | {"attendance_by_age"}
"""Figures by clients' traits: suppressed for whoever may not open the rows, and whenever they leave the casework."""


def build(name: str, question: Question, *, opens_rows: bool) -> Figure:
    """The figure `name`, suppressed where it must be. Raises KeyError for an unknown name."""
    figure = FIGURES[name]
    if opens_rows or name not in SUPPRESSED:
        return figure(question)
    if name not in GOALS:
        asked = replace(question, period=told_period(question.period))
        return without_small_types(figure(asked), asked)
    # nobody has a goal as the main one without having it: all clients of a goal would bound those that are hidden
    also = hidden_in(build("goals", question, opens_rows=False)) if name == "all_goals" else ()
    return over_time(
        figure(question),
        question.municipality,
        question.period,
        main_only=name == "goals",
        restricted=question.restricted,
        also=also,
    )


def compared(name: str, question: Question, *, opens_rows: bool) -> Figure:
    """The figure beside that of the period before, unless it tells of the moment, or other rows in each period."""
    figure = build(name, question, opens_rows=opens_rows)
    if figure.period is None or (name == "attendance_by_age" and not opens_rows):
        return figure
    before = build(name, replace(question, period=figure.period).previous(), opens_rows=opens_rows)
    return figure.compared_with(before)

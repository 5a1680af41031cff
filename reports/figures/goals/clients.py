"""Clients by main goal (figure 3), and by every goal: of those with a goal in a measurement of the period."""

from abc import abstractmethod
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from avain.models import Goal
from cases.models import Client
from core.figures import Figure
from reports.figures.definition import FigureByTraits, row
from reports.figures.goals.keys import CodedGoal, GoalKey, WithoutMain
from reports.figures.goals.recorded import Recorded, among, goals_of, latest_measurements, recorded
from reports.figures.question import Question


class _Goals(FigureByTraits[GoalKey]):
    rows_are = _("Goal")
    counts_are = pgettext_lazy("column of counts", "Clients")
    keys = GoalKey

    def rows(self, key: GoalKey, question: Question) -> QuerySet[Client]:
        measurements = latest_measurements(question)
        goals = goals_of(measurements)
        match key.goal:
            case CodedGoal(value=code):
                wanted = self.wanted(goals).filter(code__code=code)
                measurements = measurements.filter(among("pk", wanted.values("measurement")))
            case WithoutMain():
                measurements = measurements.exclude(among("pk", goals.filter(main=True).values("measurement")))
        return Client.objects.filter(among("pk", measurements.values("client")), municipality=question.municipality)

    @abstractmethod
    def wanted(self, goals: QuerySet[Goal]) -> QuerySet[Goal]:
        """Of the goals, those that the figure counts."""

    def shown(self, figure: Figure[GoalKey]) -> Figure[GoalKey]:
        """Goals that nobody has are named in a note instead of twenty empty bars."""
        zeros = [row.label for row in figure.rows if row.count == 0]
        rows = tuple(row for row in figure.rows if row.count != 0)
        if not rows or not zeros:
            return replace(figure, rows=rows)
        note = gettext("Nobody has: %(goals)s.") % {"goals": ", ".join(zeros)}
        return replace(figure, rows=rows, notes=(*figure.notes, note))


class MainGoals(_Goals):
    """Each client has one at most, so the rows exclude each other."""

    name = "goals"
    title = _("Main goals of the clients")

    def count(self, question: Question) -> Figure[GoalKey]:
        found = question.once(recorded)
        rows = [row(key, n) for key, n in found.by_main_goal.items()]
        without = found.n - sum(found.by_main_goal.values())
        if without:
            rows.append(row(GoalKey(WithoutMain.NONE), without))
        return self.of_classes(rows, denominator(), question, *notes(found))

    def wanted(self, goals: QuerySet[Goal]) -> QuerySet[Goal]:
        return goals.filter(main=True)


class AllGoals(_Goals):
    name = "all_goals"
    title = _("All goals of the clients")

    def count(self, question: Question) -> Figure[GoalKey]:
        found = question.once(recorded)
        rows = [row(key, n) for key, n in found.by_goal.items()]
        return self.of_people(rows, denominator(), question, *notes(found), n=found.n)

    def wanted(self, goals: QuerySet[Goal]) -> QuerySet[Goal]:
        return goals


def denominator() -> str:
    return gettext("clients with at least one goal in a measurement of the period, each once")


def notes(found: Recorded) -> tuple[str, ...]:
    if not found.n:
        return ()
    together = gettext("Filled together with the client: %(together)s of %(n)s.")
    return (
        together % {"together": found.together, "n": found.n},
        gettext("N counts the clients with a goal recorded in the period, each once."),
        gettext("The figures tell of association, not of cause."),
    )


MAIN_GOALS = MainGoals()
ALL_GOALS = AllGoals()

"""Clients by main goal (figure 3), and by every goal: of those with a goal in a measurement of the period."""

from abc import abstractmethod
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from avain.models import Goal
from cases.models import Client
from core.figures import Figure
from core.suppression import suppress_row
from reports.figures.definition import FigureByTraits, row
from reports.figures.goals.keys import CodedGoal, GoalKey, WithoutMain
from reports.figures.goals.over_time import hidden_alone, hidden_in, hidden_together, hiding
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
        return self.of_classes(rows, denominator(), question, *notes(found, question))

    def told(self, question: Question) -> Figure[GoalKey]:
        return hiding(self.count(question), hidden_together(question))

    def wanted(self, goals: QuerySet[Goal]) -> QuerySet[Goal]:
        return goals.filter(main=True)


class AllGoals(_Goals):
    name = "all_goals"
    title = _("All goals of the clients")

    def count(self, question: Question) -> Figure[GoalKey]:
        found = question.once(recorded)
        rows = [row(key, n) for key, n in found.by_goal.items()]
        return self.of_people(rows, denominator(), question, *notes(found, question), n=found.n)

    def told(self, question: Question) -> Figure[GoalKey]:
        """Nobody has a goal as the main one without having it: all clients of a goal would bound those that the main
        goals hide, so what is hidden there is hidden here too."""
        return hiding(self.count(question), hidden_alone(question) | hidden_in(question.once(MAIN_GOALS.told)))

    def wanted(self, goals: QuerySet[Goal]) -> QuerySet[Goal]:
        return goals


def denominator() -> str:
    return gettext("clients with at least one goal in a measurement of the period, each once")


def notes(found: Recorded, question: Question) -> tuple[str, ...]:
    """The first of a year tells how many were filled in together: of months and quarters it would be told too what
    the others of the year hide."""
    together = (together_words(found.together, found.n),) if question.period.kind == "year" else ()
    return (
        *together,
        gettext("N counts the clients with a goal recorded in the period, each once."),
        gettext("The figures tell of association, not of cause."),
    )


def together_words(together: int, n: int) -> str:
    cells, _total = suppress_row({"together": together, "alone": n - together}, n)
    if not n:
        return gettext("No measurement with a goal in the period.")
    if not cells["together"].shown:
        return gettext("How many were filled together with the client is hidden, because the numbers are small.")
    return gettext("Filled together with the client: %(together)s of %(n)s.") % {"together": together, "n": n}


MAIN_GOALS = MainGoals()
ALL_GOALS = AllGoals()

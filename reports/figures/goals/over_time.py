"""Hiding small numbers of clients' goals so that no two of the offered tables tell them.

Months, quarters and years are all offered, so the year is suppressed as one table of goals × time. Clients with
several measurements count once in each period, so the true totals are at most the sums of the months; the pattern is
made as if they were the sums, which is all that a reader could reckon with. The period's own row is suppressed too, and
what either hides is hidden. The key of all goals stands for n.
"""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field, replace

from avain.models import Goal
from core.figures import Figure
from core.periods import Period
from core.suppression import Cell, Key, Node, Reason, suppress, with_totals
from reports.figures.goals.keys import CodedGoal, GoalKey, WithoutMain
from reports.figures.question import Question

Months = Counter[tuple[GoalKey, Node]]


@dataclass(frozen=True, slots=True)
class GoalsByMonth:
    """Clients by goal and month, each by the latest measurement of the month; months as `Period.path`.

    Main goals come with the clients that have none.
    """

    main: Months = field(default_factory=Counter)
    every: Months = field(default_factory=Counter)


def goals_by_month(question: Question) -> GoalsByMonth:
    """Of the months of a year."""
    year, municipality = question.period, question.municipality
    goals = Goal.objects.filter(
        municipality=municipality,
        measurement__municipality=municipality,
        measurement__day__range=(year.first, year.last),
    )
    if not question.restricted:
        goals = goals.filter(measurement__client__restricted=False)
    rows = goals.order_by("measurement__day", "measurement").values_list(
        "measurement__client", "measurement__day", "measurement", "code__code", "main"
    )
    latest: dict[tuple[int, Node], tuple[int, dict[GoalKey, bool]]] = {}
    for client, day, measurement, code, main in rows:
        of_month = (client, Period.containing(day).path)
        if of_month not in latest or latest[of_month][0] != measurement:
            latest[of_month] = (measurement, {})
        own = latest[of_month][1]
        key = GoalKey(CodedGoal(code))
        own[key] = main or own.get(key, False)
    counted = GoalsByMonth()
    for (_client, month), (_measurement, own) in latest.items():
        counted.every.update((key, month) for key in own)
        mains = [key for key, main in own.items() if main]
        counted.main.update((key, month) for key in mains or [GoalKey(WithoutMain.NONE)])
    return counted


def hidden_together(question: Question) -> set[GoalKey]:
    """Of goals that exclude each other, those hidden in the period."""
    months = _months(question).main
    keys = {str(goal): goal for goal, _month in months}
    leaves: dict[Key, int] = {((str(goal),), month): count for (goal, month), count in months.items()}
    cells = suppress(with_totals(leaves))
    node = question.period.path
    return {
        keys[goal[0]] if goal else GoalKey() for (goal, time), cell in cells.items() if time == node and not cell.shown
    }


def hidden_alone(question: Question) -> set[GoalKey]:
    """Of goals of which a client may have several, those hidden in the period: each is a table of its own."""
    hidden, months = set(), _months(question).every
    for goal in {goal for goal, _month in months}:
        leaves: dict[Key, int] = {(month,): count for (other, month), count in months.items() if other == goal}
        cell = suppress(with_totals(leaves)).get((question.period.path,))
        if cell is not None and not cell.shown:
            hidden.add(goal)
    return hidden


def _months(question: Question) -> GoalsByMonth:
    return question.once(goals_by_month, Period.containing(question.period.first, "year"))


def hidden_in(figure: Figure[GoalKey]) -> set[GoalKey]:
    return {row.key for row in figure.rows if row.count is None} | ({GoalKey()} if figure.n is None else set())


def hiding(figure: Figure[GoalKey], hidden: Set[GoalKey]) -> Figure[GoalKey]:
    """The figure as it may leave the casework, when other tables hide these of its rows."""
    own = figure.suppressed()
    rows = {row.key: _merged(row.count, row.hidden, row.key in hidden) for row in own.rows}
    n = _merged(own.n, own.n_hidden, GoalKey() in hidden)
    shown = figure.showing(rows, n)
    # the first note of a year tells n
    of_year = figure.period is not None and figure.period.kind == "year"
    return replace(shown, notes=shown.notes[1:]) if of_year and not n.shown else shown


def _merged(count: int | None, reason: Reason | None, hidden: bool) -> Cell:
    if reason is not None:
        return Cell(None, reason)
    return Cell(None, Reason.COMPLEMENTARY) if hidden else Cell(count)

"""The tables by clients' traits, as they are inside: of half-years only, and in few rows.

Shorter periods and single goals would hide most of their numbers, and what a year counts of distinct clients would,
beside its half-years, tell of the few who are in one of them only.
"""

from collections import Counter

from django.utils.translation import gettext, pgettext

from cases.models.appointment import AppointmentState
from reports.figures.attendance.appointments import attended, denominator
from reports.figures.goals.keys import CodedGoal
from reports.figures.goals.recorded import recorded
from reports.figures.question import Question
from reports.flows.ages import AgeGroup
from reports.publishing.groups import GoalGroup
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Kind, Row, Table, in_each_language

GOALS, TOGETHER, BY_AGE = "goal_groups", "filled_in_together", "attendance_by_age"


def exact_traits(question: Question, half: EditionPeriod) -> list[Table]:
    """`question` is asked of the half-year."""
    return [main_goals(question, half), filled_in_together(question, half), attendance_by_age(question, half)]


def main_goals(question: Question, half: EditionPeriod) -> Table:
    found = question.once(recorded)
    by_group: Counter[GoalGroup] = Counter()
    for key, n in found.by_main_goal.items():
        by_group[GoalGroup.of(key.goal.value if isinstance(key.goal, CodedGoal) else "")] += n
    by_group[GoalGroup.NONE] = found.n - by_group.total()
    rows = tuple(Row(group.value, _words(group), by_group[group]) for group in GoalGroup)
    return _of_clients(GOALS, half, found.n, rows)


def filled_in_together(question: Question, half: EditionPeriod) -> Table:
    found = question.once(recorded)
    together = in_each_language(lambda: gettext("Together with the client"))
    alone = in_each_language(lambda: gettext("Without the client"))
    rows = (Row("together", together, found.together), Row("alone", alone, found.n - found.together))
    return _of_clients(TOGETHER, half, found.n, rows)


def attendance_by_age(question: Question, half: EditionPeriod) -> Table:
    found = attended(question)
    rows = tuple(
        Row(age.value, _words(age), found.count(age=age, state=AppointmentState.MET), found.count(age=age))
        for age in AgeGroup
    )
    came, n = found.count(state=AppointmentState.MET), found.count()
    return Table(
        name=BY_AGE,
        kind=Kind.TRAIT,
        period=half,
        title=in_each_language(lambda: gettext("Appointments kept, by age")),
        of=in_each_language(denominator),
        rows_are=in_each_language(lambda: gettext("Age on the day of the appointment")),
        counts_are=in_each_language(lambda: gettext("Came / appointments")),
        n=n,
        rows=rows,
        total=Row("", in_each_language(lambda: gettext("Total")), came, n),
    )


def _of_clients(name: str, half: EditionPeriod, n: int, rows: tuple[Row, ...]) -> Table:
    goals = name == GOALS
    return Table(
        name=name,
        kind=Kind.TRAIT,
        period=half,
        title=in_each_language(
            lambda: gettext("Main goals of the clients, in groups") if goals else gettext("How AVAIN was filled in")
        ),
        of=in_each_language(
            lambda: gettext("clients with a goal in the half-year, each once by the latest measurement")
        ),
        rows_are=in_each_language(lambda: gettext("Goals") if goals else gettext("Filled in")),
        counts_are=in_each_language(lambda: pgettext("column of counts", "Clients")),
        n=n,
        rows=rows,
        total=Row("", in_each_language(lambda: gettext("Total")), n),
    )


def _words(choice: GoalGroup | AgeGroup) -> dict[str, str]:
    return in_each_language(lambda: str(choice.label))

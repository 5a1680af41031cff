"""The tables by clients' traits, as they are inside: of half-years only, and in few rows.

Shorter periods and single goals would hide most of their numbers, and what a year counts of distinct clients would,
beside its half-years, tell of the few who are in one of them only.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext, pgettext

from avain.models import Goal
from cases.models.appointment import AppointmentState
from municipalities.models import Municipality
from reports.figures.attendance.appointments import AttendedCounts, denominator
from reports.flows.ages import AgeGroup
from reports.flows.measures import Measure
from reports.flows.read import read
from reports.publishing.groups import GoalGroup
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Kind, Row, Table, in_each_language

GOALS, TOGETHER, BY_AGE = "goal_groups", "filled_in_together", "attendance_by_age"


@dataclass(slots=True)
class Clients:
    """Of a half-year: its clients with a goal, each by the latest measurement."""

    n: int = 0
    together: int = 0
    by_group: Counter[GoalGroup] = field(default_factory=Counter)


def exact_traits(municipality: Municipality, halves: Sequence[EditionPeriod]) -> list[Table]:
    """Of half-years that follow each other, each with its tables."""
    if not halves:
        return []
    clients = clients_of(municipality, halves)
    appointments = read(municipality.pk, [Measure.ATTENDANCE], halves, restricted=True)
    tables = []
    for half, counts in zip(halves, appointments, strict=True):
        found = clients[half.key]
        tables += [main_goals(found, half), filled_in_together(found, half)]
        tables.append(attendance_by_age(AttendedCounts.of(counts), half))
    return tables


def clients_of(municipality: Municipality, halves: Sequence[EditionPeriod]) -> dict[str, Clients]:
    """As `reports.figures.goals.recorded` counts one period, of all half-years in one statement."""
    goals = Goal.objects.filter(
        municipality=municipality,
        measurement__municipality=municipality,
        measurement__day__range=(halves[0].first, halves[-1].last),
    ).order_by("measurement__day", "measurement")
    latest: dict[tuple[str, int], tuple[int, bool, GoalGroup]] = {}
    for client, day, measurement, together, code, main in goals.values_list(
        "measurement__client", "measurement__day", "measurement", "measurement__together", "code__code", "main"
    ):
        own = next(half.key for half in halves if day in half), client
        if own not in latest or latest[own][0] != measurement:
            latest[own] = measurement, together, GoalGroup.NONE
        if main:
            latest[own] = measurement, together, GoalGroup.of(code)
    found = {half.key: Clients() for half in halves}
    for (half, _client), (_measurement, together, group) in latest.items():
        found[half].n += 1
        found[half].together += together
        found[half].by_group[group] += 1
    return found


def main_goals(found: Clients, half: EditionPeriod) -> Table:
    rows = tuple(Row(group.value, _words(group), found.by_group[group]) for group in GoalGroup)
    return _of_clients(GOALS, half, found.n, rows)


def filled_in_together(found: Clients, half: EditionPeriod) -> Table:
    together = in_each_language(lambda: gettext("Together with the client"))
    alone = in_each_language(lambda: gettext("Without the client"))
    rows = (Row("together", together, found.together), Row("alone", alone, found.n - found.together))
    return _of_clients(TOGETHER, half, found.n, rows)


def attendance_by_age(found: AttendedCounts, half: EditionPeriod) -> Table:
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

"""What each published number adds up: its leaves, which nobody outside knows.

Appointments have a stretch of time, a type, an age group and whether the client came; clients with goals a half-year, a
group of goals and how AVAIN was filled in. The tables of counts of work that share no leaf with a hidden number are
not here: they are told in full, and nothing of them adds up with it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Final

from cases.models.appointment import AppointmentState
from reports.figures.attendance.appointments import KINDS
from reports.figures.attendance.by_type import ATTENDANCE
from reports.flows.ages import AgeGroup
from reports.publishing.groups import GoalGroup
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Number, Row, Table
from reports.publishing.traits import BY_AGE, GOALS, TOGETHER

Leaf = tuple[str, ...]
Vector = Mapping[Leaf, int]
CAME, OUT = AppointmentState.MET.value, "out"
FILLED: Final = ("together", "alone")


@dataclass(frozen=True, slots=True, order=True)
class CellName:
    """A number of an edition: the total of a table has no key. `edition` is 0 for the one that is being made."""

    edition: int
    table: str
    period: str
    key: str
    column: str

    @property
    def id(self) -> tuple[str, str]:
        """Of its table."""
        return self.table, self.period


@dataclass(frozen=True, slots=True)
class PublishedCell:
    name: CellName
    number: Number
    vector: Vector


class Stretches:
    """The time between the beginnings and ends of all periods in question: each period is a row of whole stretches."""

    def __init__(self, periods: Collection[EditionPeriod]) -> None:
        self.cuts = sorted({day for one in periods for day in (one.first, one.last + timedelta(days=1))})

    def of(self, period: EditionPeriod) -> list[str]:
        return [str(start) for start, end in pairwise(self.cuts) if _within(start, end, period)]


def _within(start: date, end: date, period: EditionPeriod) -> bool:
    return period.first <= start and end <= period.last + timedelta(days=1)


LeavesOf = Callable[[str, EditionPeriod, Stretches], Iterator[Leaf]]


def _of_type(key: str, period: EditionPeriod, time: Stretches) -> Iterator[Leaf]:
    kinds = [key] if key else [kind.value for kind in KINDS]
    yield from product(["appointment"], time.of(period), kinds, [age.value for age in AgeGroup])


def _of_age(key: str, period: EditionPeriod, time: Stretches) -> Iterator[Leaf]:
    ages = [key] if key else [age.value for age in AgeGroup]
    yield from product(["appointment"], time.of(period), [kind.value for kind in KINDS], ages)


def _of_goals(key: str, period: EditionPeriod, time: Stretches) -> Iterator[Leaf]:
    yield from product(["client"], [period.key], [key] if key else GoalGroup.values, FILLED)


def _of_filling(key: str, period: EditionPeriod, time: Stretches) -> Iterator[Leaf]:
    yield from product(["client"], [period.key], GoalGroup.values, [key] if key else FILLED)


LEAVES: Final[dict[str, LeavesOf]] = {
    ATTENDANCE.name: _of_type,
    BY_AGE: _of_age,
    GOALS: _of_goals,
    TOGETHER: _of_filling,
}


def cells(edition: int, tables: Iterable[Table], time: Stretches) -> Iterator[PublishedCell]:
    """All numbers of the tables that share leaves with one by traits, hidden ones too; none of a withheld table."""
    for table in tables:
        if table.name in LEAVES and not table.withheld:
            for row in (*table.rows, *([table.total] if table.total else [])):
                yield from _cells_of(edition, table, row, list(LEAVES[table.name](row.key, table.period, time)))


def _cells_of(edition: int, table: Table, row: Row, leaves: list[Leaf]) -> Iterator[PublishedCell]:
    def name(column: str) -> CellName:
        return CellName(edition, table.name, table.period.key, row.key, column)

    if row.base is None:
        yield PublishedCell(name("count"), row.count, dict.fromkeys(leaves, 1))
        return
    came, out = ([(*leaf, state) for leaf in leaves] for state in (CAME, OUT))
    yield PublishedCell(name("count"), row.count, dict.fromkeys(came, 1))
    yield PublishedCell(name("base"), row.base, dict.fromkeys([*came, *out], 1))
    yield PublishedCell(name("out"), row.out or 0, dict.fromkeys(out, 1))

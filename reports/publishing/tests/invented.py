"""Municipalities of numbers only: the leaves, and the tables that count them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from hypothesis import strategies as st

from reports.figures.attendance.by_type import ATTENDANCE
from reports.publishing.groups import GoalGroup
from reports.publishing.leaves import CAME, FILLED, OUT, Leaf
from reports.publishing.periods import EditionPeriod, Sort
from reports.publishing.tables import Kind, Row, Table
from reports.publishing.traits import BY_AGE, GOALS, TOGETHER

SMALLEST = 5
GROUPS = ["money", "work", "home", "health"]
KINDS = ["application", "need"]
AGES = ["0-24", "25-39", "40-59", "60-"]
MONTHS = [EditionPeriod.of(Sort.MONTH, date(2018, month, 1)) for month in range(1, 13)]
MONTH_OF = {month.key: month for month in MONTHS}

# many small ones, some empty, a few large
count = st.one_of(st.integers(0, 6), st.integers(0, 6), st.just(0), st.integers(0, 40))


@dataclass(frozen=True)
class Invented:
    """Clients by half-year, group and filling; appointments by month, type, age and whether the client came."""

    clients: Counter[tuple[str, str, str]]
    appointments: Counter[tuple[str, str, str, str]]

    def goals(self, half: EditionPeriod) -> Table:
        return self._of_clients(GOALS, half, GoalGroup.values, 1)

    def filled(self, half: EditionPeriod) -> Table:
        return self._of_clients(TOGETHER, half, list(FILLED), 2)

    def by_age(self, half: EditionPeriod) -> Table:
        return self._of_appointments(BY_AGE, half, AGES, 2, Kind.TRAIT)

    def by_type(self, period: EditionPeriod) -> Table:
        return self._of_appointments(ATTENDANCE.name, period, KINDS, 1, Kind.WORK)

    def traits(self, period: EditionPeriod) -> list[Table]:
        return [make(half) for half in period.halves() for make in (self.goals, self.filled, self.by_age)]

    def value(self, leaf: Leaf) -> int:
        return self.clients[leaf[1:]] if leaf[0] == "client" else self.appointments[leaf[1:]]  # type: ignore[index]

    def with_one_more(self, what: str, leaf: tuple[str, ...]) -> "Invented":
        return replace(self, **{what: getattr(self, what) + Counter([leaf])})

    def _of_clients(self, name: str, half: EditionPeriod, keys: list[str], place: int) -> Table:
        own = Counter[str]()
        for leaf, n in self.clients.items():
            if leaf[0] == half.key:
                own[leaf[place]] += n
        n = own.total()
        return table(name, Kind.TRAIT, half, [Row(key, {}, own[key]) for key in keys], Row("", {}, n), n)

    def _of_appointments(self, name: str, period: EditionPeriod, keys: list[str], place: int, kind: Kind) -> Table:
        own = Counter[tuple[str, str]]()
        for leaf, n in self.appointments.items():
            if MONTH_OF[leaf[0]].first in period:
                own[leaf[place], leaf[3]] += n
        rows = [Row(key, {}, own[key, CAME], own[key, CAME] + own[key, OUT]) for key in keys]
        came, n = (sum(getattr(row, column) for row in rows) for column in ("count", "base"))
        return table(name, kind, period, rows, Row("", {}, came, n), n)


def table(name: str, kind: Kind, period: EditionPeriod, rows: Iterable[Row], total: Row, n: int) -> Table:
    return Table(name, kind, period, {}, {}, {}, {}, n, tuple(rows), total)


def _counts(leaves: list[Any]) -> st.SearchStrategy[Counter[Any]]:
    numbers = st.lists(count, min_size=len(leaves), max_size=len(leaves))
    return numbers.map(lambda found: Counter(dict(zip(leaves, found, strict=True))))


CLIENT_LEAVES = list(product(["2018-H1", "2018-H2"], GROUPS, FILLED))
APPOINTMENT_LEAVES = list(product(["2018-02", "2018-05", "2018-11"], KINDS, AGES, [CAME, OUT]))
invented = st.builds(Invented, _counts(CLIENT_LEAVES), _counts(APPOINTMENT_LEAVES))
EVERY_PERIOD = [
    EditionPeriod.of(sort, month.first) for sort in (Sort.MONTH, Sort.QUARTER, Sort.HALF, Sort.YEAR) for month in MONTHS
]
PERIODS = list({period.key: period for period in EVERY_PERIOD}.values())

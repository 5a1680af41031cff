"""A peak as a plan: what is due on the coming working days, and how many a day keep everything in time."""

import datetime
import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Q, QuerySet, When

from accounts.models import User
from cases.models import Matter
from core.levelling import even_pace
from core.working_days import is_working_day

DAY = datetime.timedelta(days=1)
DAYS = 7
"""Working days ahead: the longest time that the law gives to an application."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """`due` of which `free` may be taken: nobody has them, and they are not on hold.

    `pace` is how many to do, some of them ahead of their day.
    """

    day: datetime.date
    due: int
    free: int
    pace: int


@dataclass(frozen=True, slots=True)
class WeekPlan:
    late: int
    late_free: int
    days: list[PlannedDay]

    @property
    def total(self) -> int:
        return self.late + sum(day.due for day in self.days)

    @property
    def free(self) -> int:
        return self.late_free + sum(day.free for day in self.days)

    @property
    def last(self) -> datetime.date:
        return self.days[-1].day


def working_days_from(today: datetime.date, n: int = DAYS) -> list[datetime.date]:
    """The next `n` working days, today among them when it is one."""
    days: list[datetime.date] = []
    day = today
    while len(days) < n:
        if is_working_day(day):
            days.append(day)
        day += DAY
    return days


def week_plan(matters: QuerySet[Matter], today: datetime.date) -> WeekPlan:
    """The plan of these open matters; what is late is to be done on the first day."""
    days = working_days_from(today)
    counts = due_days(matters, today, days[-1])
    late = [row for row in counts if row.late]
    due: Counter[datetime.date] = Counter()
    free: Counter[datetime.date] = Counter()
    for row in counts:
        if not row.late:
            # due on a day off: to be done on the working day before it, at the earliest on the first
            at = max((day for day in days if day <= row.due), default=days[0])
            due[at] += row.n
            free[at] += row.free
    late_n = sum(row.n for row in late)
    pace = even_pace([due[day] + (late_n if place == 0 else 0) for place, day in enumerate(days)])
    planned = [PlannedDay(day, due[day], free[day], n) for day, n in zip(days, pace, strict=True)]
    return WeekPlan(late_n, sum(row.free for row in late), planned)


@dataclass(frozen=True, slots=True)
class DueDay:
    """`due`: the next date, whatever it is of; `late` where it is a duty that was to be done before today."""

    due: datetime.date
    late: bool
    n: int
    free: int


def due_days(matters: QuerySet[Matter], today: datetime.date, last: datetime.date) -> list[DueDay]:
    missed = Case(When(due__lt=today, then=True), default=False, output_field=BooleanField())
    rows = matters.filter(closed_at=None, next_on__lte=last).annotate(missed=missed).order_by()
    counted = rows.values("next_on", "missed").annotate(
        n=Count("pk"), free=Count("pk", filter=Q(assignee=None, held_since=None))
    )
    return [DueDay(*row) for row in counted.order_by("next_on").values_list("next_on", "missed", "n", "free")]


def load_of(matters: QuerySet[Matter], last: datetime.date) -> dict[int, int]:
    """How many of the matters that are due by `last` each person has."""
    rows = matters.filter(closed_at=None, next_on__lte=last, assignee__isnull=False).order_by()
    return {row["assignee"]: row["n"] for row in rows.values("assignee").annotate(n=Count("pk"))}


def share_out(matters: Iterable[Matter], people: Sequence[User], load: dict[int, int]) -> list[tuple[Matter, User]]:
    """Each matter in turn to the one who has the fewest, so that everybody ends with about as many."""
    heap = [(load.get(person.pk, 0), place) for place, person in enumerate(people)]
    heapq.heapify(heap)
    shared = []
    for matter in matters:
        n, place = heapq.heappop(heap)
        shared.append((matter, people[place]))
        heapq.heappush(heap, (n + 1, place))
    return shared

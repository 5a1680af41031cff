"""Open matters now, by state and days since arrival: counted from the rows by the index of the open ones."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Matter, MatterState
from core.figures import Figure
from reports.figures.definition import FigureDefinition, row
from reports.figures.keys import RowKey
from reports.figures.matters import open_matters
from reports.figures.question import Question


class Days(StrEnum):
    """Classes of calendar days since arrival, both ends included."""

    WEEK = "0-7"
    TWO_WEEKS = "8-14"
    MONTH = "15-30"
    LONGER = "31-"

    @property
    def label(self) -> str:
        if self is Days.LONGER:
            return gettext("over 30 days")
        return gettext("%(days)s days") % {"days": self.value.replace("-", "–")}

    def since(self, today: datetime.date) -> Q:
        """Matters that arrived so long ago. One that came in the future by a wrong clock is as if it came today."""
        least, most = BOUNDS[self]
        oldest = Q() if most is None else Q(arrived__gte=today - datetime.timedelta(days=most))
        newest = Q() if least == 0 else Q(arrived__lte=today - datetime.timedelta(days=least))
        return oldest & newest


BOUNDS: Final[dict[Days, tuple[int, int | None]]] = {
    Days.WEEK: (0, 7),
    Days.TWO_WEEKS: (8, 14),
    Days.MONTH: (15, 30),
    Days.LONGER: (31, None),
}
OPEN_STATES: Final = tuple(state for state in MatterState if state != MatterState.CLOSED)


@dataclass(frozen=True, slots=True)
class OpenKey(RowKey):
    VALUES: ClassVar = (OPEN_STATES, tuple(Days))

    state: MatterState | None = None
    days: Days | None = None

    @property
    def words(self) -> str:
        words = [str(self.state.label)] if self.state else []
        return ", ".join([*words, *([self.days.label] if self.days else [])]) or gettext("all")


class OpenMatters(FigureDefinition[OpenKey]):
    name = "open_matters"
    title = _("Open matters by state and days since arrival")
    keys = OpenKey
    of_now = True

    def count(self, question: Question) -> Figure[OpenKey]:
        today = timezone.localdate()
        columns = {f"days{i}": Count("pk", filter=days.since(today)) for i, days in enumerate(Days)}
        counted = open_matters(question).order_by("state").values_list("state").annotate(**columns)
        by_state: dict[str, tuple[int, ...]] = {found[0]: found[1:] for found in counted}
        rows = [
            row(OpenKey(state, days), by_state[state][i] if state in by_state else 0)
            for state in OPEN_STATES
            for i, days in enumerate(Days)
        ]
        return self.of_classes(rows, gettext("matters that are open now"), question)

    def rows(self, key: OpenKey, question: Question) -> QuerySet[Matter]:
        matters = open_matters(question)
        if key.days:
            matters = matters.filter(key.days.since(timezone.localdate()))
        if key.state:
            matters = matters.filter(state=key.state)
        return matters.select_related("unit").order_by("due", "pk")


OPEN_MATTERS = OpenMatters()

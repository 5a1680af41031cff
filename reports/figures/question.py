"""What a figure is asked of, and the counts that answer it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self

from django.utils.functional import Promise

from core.figures import Figure, FigureRow
from core.periods import Period
from municipalities.models import Municipality
from reports.flows.read import Counts, read
from reports.models import Flow

LinkTo = Callable[[str, str], str | None]
"""From a figure's name and a row's key to the address of the rows, for those who may open them."""


@dataclass(frozen=True)
class Question:
    """What is asked: of which municipality and period, with or without restricted clients, with which links."""

    municipality: Municipality
    period: Period
    restricted: bool = True
    link: LinkTo = lambda name, key: None
    _read: dict[tuple[Flow, tuple[str, ...], Period], Counts] = field(default_factory=dict, compare=False, repr=False)

    def counts(self, flow: Flow, *measures: str) -> Counts:
        """The period's daily flows. The period before is read in the same statement."""
        key = (flow, measures, self.period)
        if key not in self._read:
            periods = [self.period.previous(), self.period]
            found = read(self.municipality.pk, flow, measures, periods, restricted=self.restricted)
            self._read.update({(flow, measures, period): one for period, one in zip(periods, found, strict=True)})
        return self._read[key]

    def previous(self) -> Self:
        """The same of the period before, whose numbers open nothing."""
        return replace(self, period=self.period.previous(), link=lambda name, key: None)

    def row(self, name: str, key: str, label: str | Promise, count: int, base: int | None = None) -> FigureRow:
        return FigureRow(key, str(label), count, self.link(name, key) if count else None, base)

    def with_total_link(self, figure: Figure) -> Figure:
        """The sum of rows that exclude each other opens all of them."""
        if figure.total is None or not figure.total.count:
            return figure
        return replace(figure, total=replace(figure.total, link=self.link(figure.name, "all")))

"""What a figure is asked of, and the counts that answer it."""

import datetime
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar, cast

from core.periods import Period
from municipalities.models import LocalSettings, Municipality
from reports.figures.keys import RowKey
from reports.flows.among import EVERYBODY, Among
from reports.flows.measures import Measure
from reports.flows.read import Counts, read

T = TypeVar("T")

LinkTo = Callable[[str, RowKey], str | None]
"""From the name of what is listed and a key to the address of the rows, for those who may open them."""


@dataclass(frozen=True)
class Question:
    """What is asked: of which municipality, period and people, with which links.

    Restricted clients count, and `restricted=False` leaves them out of what opens. `since` is the first day of which
    the municipality has data, None where nobody asked. What was read for one figure is not read again for another of
    the same question, nor for the period before.
    """

    municipality: Municipality
    period: Period
    among: Among = EVERYBODY
    restricted: bool = True
    since: datetime.date | None = None
    link: LinkTo = lambda name, key: None
    _read: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def counts(self, *measures: Measure) -> Counts:
        """The period's daily flows. The period before is read in the same statement."""
        if self._key(measures, self.period) not in self._read:
            periods = [self.period.previous(), self.period]
            found = read(self.municipality.pk, measures, periods, restricted=self.restricted, among=self.among)
            self._read.update({self._key(measures, period): one for period, one in zip(periods, found, strict=True)})
        return cast("Counts", self._read[self._key(measures, self.period)])

    def once(self, read: Callable[[Self], T], period: Period | None = None) -> T:
        """What `read` finds for this question, or of another period that it is asked of; found once for each."""
        asked = replace(self, period=period) if period else self
        key = self._key(read, asked.period)
        if key not in self._read:
            self._read[key] = read(asked)
        return cast("T", self._read[key])

    @property
    def settings(self) -> LocalSettings:
        return self.once(_settings)

    def previous(self) -> Self:
        """The same of the period before, whose numbers open nothing."""
        return replace(self, period=self.period.previous(), link=lambda name, key: None)

    @property
    def has_data_before(self) -> bool:
        """Whether the period before is one of which there is data: else it has no numbers, not even zeros."""
        return self.since is None or self.period.previous().last >= self.since

    def opening(self) -> Self:
        """Of the rows that a list may show: restricted clients are counted, never opened."""
        return replace(self, restricted=False)

    def _key(self, what: Hashable, period: Period) -> Hashable:
        return what, period, self.among, self.restricted


def _settings(question: Question) -> LocalSettings:
    return LocalSettings.objects.of(question.municipality)

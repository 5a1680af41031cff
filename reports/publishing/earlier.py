"""What has been published already: what a new edition has to agree with, and what it repeats."""

from collections.abc import Iterable
from datetime import date

from core.suppression import Reason
from municipalities.models import Municipality
from reports.models import Edition
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Table, trait_tables


class Earlier:
    """The editions that overlap a period, and those that overlap these, and so on: what a reader can add up."""

    def __init__(self, municipality: Municipality, period: EditionPeriod) -> None:
        own = Edition.objects.filter(municipality=municipality)
        spans = list(own.order_by("first", "pk").values_list("pk", "first", "last"))
        self.editions = list(own.filter(pk__in=_touching(period, spans)).order_by("made_at", "pk"))
        self.tables = {one.pk: tables_of(one) for one in self.editions}

    def versions(self, table: Table) -> list[Table]:
        """Of a table by traits: what was ever published of it, the latest last. One that was withheld told nothing."""
        found = []
        for edition in self.editions:
            for one in trait_tables(self.tables[edition.pk]):
                if one.id == table.id:
                    found.append(one if one.since else one.first_told(edition.made_at))
        return found


def _touching(period: EditionPeriod, spans: Iterable[tuple[int, date, date]]) -> set[int]:
    first, last, found = period.first, period.last, set[int]()
    while True:
        touching = [span for span in spans if span[1] <= last and first <= span[2]]
        if len(touching) == len(found):
            return found
        found = {pk for pk, _first, _last in touching}
        first, last = min(first, *(span[1] for span in touching)), max(last, *(span[2] for span in touching))


def tables_of(edition: Edition) -> list[Table]:
    return [Table.read(found) for found in edition.tables]


def may_replace(new: Table, published: Iterable[Table], smallest: int) -> bool:
    """Whether a corrected table may be told beside what was published of it.

    The difference of two publications is a number too, of the few who were added or taken away. So every difference
    has to be nothing or large, that of all hidden rows together too, and the same rows have to be hidden.
    """
    return all(_no_small_difference(new, old, smallest) for old in published)


def _no_small_difference(new: Table, old: Table, smallest: int) -> bool:
    if new.withheld or old.withheld:
        return new.withheld == old.withheld
    if [row.key for row in new.hidden] != [row.key for row in old.hidden]:
        return False
    before = {row.key: row for row in old.rows}
    pairs = [(row, before[row.key]) for row in new.rows if row.shown and row.key in before]
    if len(pairs) + len(new.hidden) != len(new.rows) or new.total is None or old.total is None:
        return False
    for column in ("count", "base", "out"):
        steps = [_step(getattr(row, column), getattr(one, column)) for row, one in pairs]
        whole = _step(getattr(new.total, column), getattr(old.total, column))
        if any(0 < abs(step) < smallest for step in (*steps, whole - sum(steps))):
            return False
    return True


def _step(new: int | Reason | None, old: int | Reason | None) -> int:
    return new - old if isinstance(new, int) and isinstance(old, int) else 0

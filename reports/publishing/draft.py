"""An edition before it is published: the tables as they are inside and as they would be told, with their audit."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.suppression import smallest_cell
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.models import Edition
from reports.publishing.audit import Audit, Computable, audit
from reports.publishing.earlier import Earlier, may_replace
from reports.publishing.hiding import hide
from reports.publishing.periods import EditionPeriod
from reports.publishing.tables import Kind, Table
from reports.publishing.traits import exact_traits
from reports.publishing.work import work_tables

NEW: Final = 0
"""The number of the edition that is being made, among those that there are."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`exact` has the tables by traits as they are inside, in the order of those that are told."""

    municipality: Municipality
    period: EditionPeriod
    smallest: int
    tables: list[Table]
    exact: list[Table]
    audit: Audit
    corrects: Edition | None = None

    @property
    def is_empty(self) -> bool:
        return all(table.is_empty for table in (*self.tables, *self.exact))

    @property
    def digest(self) -> str:
        """Of all that would be told: what was seen in the preview is what is published."""
        told = json.dumps([table.as_json() for table in self.tables], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()


def draft_of(municipality: Municipality, period: EditionPeriod, corrects: Edition | None = None) -> Draft:
    """Counted now, in the scope of the municipality. A table by traits that was published is repeated as it was."""
    smallest, earlier = smallest_cell(), Earlier(municipality, period)
    work = work_tables(Question(municipality, period), period)
    exact = exact_traits(municipality, period.halves())
    told = [_told(table, earlier, smallest, correcting=corrects is not None) for table in exact]
    tables, found = audited([*work, *told], smallest, earlier)
    return Draft(municipality, period, smallest, tables, exact, found, corrects)


def audited(tables: Sequence[Table], smallest: int, earlier: Earlier) -> tuple[list[Table], Audit]:
    """With every new table withheld that gives a hidden number away, in it or in an edition that is public already."""
    tables = list(tables)
    while True:
        found = audit(tables, smallest, earlier.tables)
        place = next((place for one in found.computable if (place := _teller(one, tables)) is not None), None)
        if place is None:
            return tables, found
        tables[place] = tables[place].as_withheld()


def _told(table: Table, earlier: Earlier, smallest: int, *, correcting: bool) -> Table:
    new, published = hide(table, smallest), earlier.versions(table)
    if not published:
        return new
    latest = published[-1]
    if correcting and not new.same_numbers(latest) and may_replace(new, published, smallest):
        return new
    return latest


def _teller(told: Computable, tables: Sequence[Table]) -> int | None:
    """The place of a new table by traits that the hidden number is in, or else of one that helps to tell it."""
    new = {table.id: place for place, table in enumerate(tables) if table.kind == Kind.TRAIT and not table.since}
    telling = [told.cell, *told.made_of]
    return next((new[cell.id] for cell in telling if cell.edition == NEW and cell.id in new), None)

"""The exact audit: whether a hidden number can be computed from all that is published.

All that is told of a municipality in an edition and in every earlier one that overlaps it is one system of sums over
unknown leaves. The audit finds each hidden number that is a combination of what is told, and for every other the change
of leaves that proves that it is none: a second municipality with the same sums and another hidden number. That the rule
of hiding would tell the same of that one too is another question, which `inversion` answers for each new table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from core.row_space import RowSpace
from reports.publishing.hiding import Interval, as_told, intervals
from reports.publishing.inversion import keeps_unknown
from reports.publishing.leaves import CellName, Leaf, PublishedCell, Stretches, cells
from reports.publishing.tables import Table, trait_tables


@dataclass(frozen=True, slots=True)
class Computable:
    """A hidden number that is told: the sum of these shares of what is published."""

    cell: CellName
    made_of: dict[CellName, Fraction]


@dataclass(frozen=True, slots=True)
class Proof:
    """A hidden number that is not told, with a change that nothing published notices and this number does."""

    cell: CellName
    change: dict[Leaf, int]


@dataclass(frozen=True, slots=True)
class Audit:
    shown: int
    leaves: int
    rank: int
    computable: list[Computable]
    telling: list[Interval]
    guessed: list[Table]
    """New tables in which a hidden number has fewer than three candidates for who knows the rule of hiding."""
    proofs: list[Proof]

    @property
    def passed(self) -> bool:
        return not (self.computable or self.telling or self.guessed)

    def as_json(self) -> dict[str, Any]:
        """The outcome, as an edition keeps it."""
        return {"shown": self.shown, "hidden": len(self.proofs), "leaves": self.leaves, "rank": self.rank}


def audit(tables: Sequence[Table], smallest: int, earlier: Mapping[int, Sequence[Table]] | None = None) -> Audit:
    """Of the tables of a new edition; `earlier` are those of the editions that overlap it, by their number."""
    published = without_nothing(system({0: tables} | dict(earlier or {})))
    shown = [cell for cell in published if isinstance(cell.number, int)]
    space: RowSpace[Leaf, CellName] = RowSpace()
    for cell in shown:
        space.add(cell.name, cell.vector)
    computable, proofs = [], []
    for cell in published:
        if not isinstance(cell.number, int):
            made_of = space.combination(cell.vector)
            if made_of is not None:
                computable.append(Computable(cell.name, made_of))
            else:
                proofs.append(Proof(cell.name, space.unnoticed(cell.vector) or {}))
    leaves = len({leaf for cell in published for leaf in cell.vector})
    # what an earlier edition has told was told by its own smallest count
    new = [table for table in trait_tables(tables) if not table.since]
    telling = [one for table in new for one in intervals(table, smallest) if one.tells(smallest)]
    guessed = [table for table in new if (told := as_told(table, smallest)) and not keeps_unknown(told)]
    return Audit(len(shown), leaves, space.rank, computable, telling, guessed, proofs)


def without_nothing(published: Sequence[PublishedCell]) -> list[PublishedCell]:
    """The same cells without the leaves of a number that is told to be zero: all know that nothing is in them."""
    empty = {leaf for cell in published if cell.number == 0 for leaf in cell.vector}
    return [
        replace(cell, vector={leaf: n for leaf, n in cell.vector.items() if leaf not in empty}) for cell in published
    ]


def system(editions: Mapping[int, Iterable[Table]]) -> list[PublishedCell]:
    """The numbers of several editions over the same leaves."""
    periods = {table.period for tables in editions.values() for table in tables}
    time = Stretches(periods)
    return [cell for number, tables in editions.items() for cell in cells(number, tables, time)]

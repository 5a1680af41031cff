"""What can be computed from published sums: exact elimination over rational numbers.

A published cell is a sum of leaves that nobody knows: a vector from leaf to how many times it is counted, mostly once.
A hidden cell can be computed from the published ones, whatever the numbers are, when its vector lies in their row
space. Where it does not, there is a change of the leaves that no published cell notices and the hidden one does.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Generic, TypeVar

Leaf = TypeVar("Leaf", bound=Hashable)
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class _Row(Generic[Leaf, Name]):
    """Begins with 1 at its pivot and has nothing at the pivots before it."""

    vector: dict[Leaf, Fraction]
    made_of: dict[Name, Fraction]


@dataclass(slots=True)
class RowSpace(Generic[Leaf, Name]):
    """All linear combinations of the named vectors that were added."""

    _rows: dict[Leaf, _Row[Leaf, Name]] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        return len(self._rows)

    def add(self, name: Name, vector: Mapping[Leaf, int]) -> None:
        rest, used = self._reduced(vector)
        if not rest:
            return
        pivot = next(iter(rest))
        first = rest[pivot]
        made_of = {one: -share / first for one, share in used.items()}
        made_of[name] = made_of.get(name, Fraction(0)) + 1 / first
        self._rows[pivot] = _Row({leaf: n / first for leaf, n in rest.items()}, made_of)

    def combination(self, vector: Mapping[Leaf, int]) -> dict[Name, Fraction] | None:
        """The shares of the added vectors whose sum this one is; None when it is no such sum."""
        rest, used = self._reduced(vector)
        return None if rest else {name: share for name, share in used.items() if share}

    def unnoticed(self, vector: Mapping[Leaf, int]) -> dict[Leaf, int] | None:
        """A change of leaves, in whole numbers, that this vector notices and no added one does; None without one."""
        rest, _used = self._reduced(vector)
        if not rest:
            return None
        change = {next(iter(rest)): Fraction(1)}
        # a row has leaves of later rows only, so the last is settled first
        for pivot, row in reversed(self._rows.items()):
            moved = sum((n * change[leaf] for leaf, n in row.vector.items() if leaf in change), Fraction(0))
            if moved:
                change[pivot] = -moved
        whole = lcm(*(n.denominator for n in change.values()))
        return {leaf: int(n * whole) for leaf, n in change.items()}

    def _reduced(self, vector: Mapping[Leaf, int]) -> tuple[dict[Leaf, Fraction], dict[Name, Fraction]]:
        """What is left of the vector without the rows, and how much of each added vector went."""
        rest = {leaf: Fraction(n) for leaf, n in vector.items() if n}
        used: dict[Name, Fraction] = {}
        for pivot, row in self._rows.items():
            share = rest.get(pivot)
            if share:
                _add(rest, row.vector, -share)
                _add(used, row.made_of, share)
        return rest, used


Key = TypeVar("Key", bound=Hashable)


def _add(total: dict[Key, Fraction], more: Mapping[Key, Fraction], times: Fraction) -> None:
    for key, n in more.items():
        left = total.get(key, Fraction(0)) + times * n
        if left:
            total[key] = left
        else:
            del total[key]

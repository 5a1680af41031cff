"""Hiding the small counts of a table that leaves the casework.

A cell is known by one path per dimension: () is the total, ("2018",), ("2018", "Q4"), ("2018", "Q4", "11") lead down
to a leaf. Give all that the pages offer of a subject as one table (category × one filter × time): then no two of them
can be subtracted from each other.

What is promised: for every hidden cell there is a second table of counts that differs in that cell and agrees with all
that is published, where zeros are always shown, "small" means 1 … smallest - 1 and "complementary" tells no size.
It is kept by construction: each small cell gets such a second table by moving one person (a leaf up, another down, the
same in each dimension, and the totals above them with it). All cells of the move are hidden; the cheapest move is
taken. Hiding more afterwards never takes a second table away, so one pass is enough.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final

from django.conf import settings
from django.utils.translation import gettext

Node = tuple[str, ...]
Key = tuple[Node, ...]
Move = list[tuple[Key, int]]

LEAST_SMALLEST: Final = 3
LEAST_MUNICIPALITIES: Final = 3


class Reason(StrEnum):
    SMALL = "small"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True, slots=True)
class Cell:
    count: int | None  # None when hidden
    reason: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.reason is None


def smallest_cell() -> int:
    """The smallest count above zero that is shown."""
    return _at_least_three(settings.SMALLEST_CELL)


def hidden_words(reason: Reason, smallest: int | None = None) -> str:
    """What stands in place of a hidden count: "alle 5", "peitetty"."""
    if reason is Reason.COMPLEMENTARY:
        return gettext("hidden")
    return gettext("under %(smallest)s") % {"smallest": smallest or smallest_cell()}


def with_totals(leaves: Mapping[Key, int]) -> dict[Key, int]:
    """The leaves and every total above them in every dimension."""
    table: dict[Key, int] = {}
    for leaf, count in leaves.items():
        for key in product(*(_and_above(node) for node in leaf)):
            table[key] = table.get(key, 0) + count
    return table


def suppress_row(counts: Mapping[str, int], total: int, smallest: int | None = None) -> tuple[dict[str, Cell], Cell]:
    """A list of exclusive classes and their total."""
    table: dict[Key, int] = {((name,),): count for name, count in counts.items()} | {((),): total}
    cells = suppress(table, smallest)
    return {name: cells[((name,),)] for name in counts}, cells[((),)]


def suppress_alone(count: int, smallest: int | None = None) -> Cell:
    """A count that is no part of a sum, such as clients of whom one may be in several rows."""
    small = 0 < count < (smallest_cell() if smallest is None else _at_least_three(smallest))
    return Cell(None, Reason.SMALL) if small else Cell(count)


def shared(cells: Collection[Cell]) -> Cell:
    """A number of several municipalities together, from what each has published of it.

    At least three have to have it above zero, unless all have zero, and none may have it hidden: the sum would tell a
    lone hidden one, and nobody outside knows the others to add them.
    """
    counts = [cell.count for cell in cells]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts) or len(counts) < LEAST_MUNICIPALITIES:
        return Cell(None, Reason.COMPLEMENTARY)
    if 0 < sum(count > 0 for count in known) < LEAST_MUNICIPALITIES:
        return Cell(None, Reason.COMPLEMENTARY)
    return Cell(sum(known))


def suppress(counts: Mapping[Key, int], smallest: int | None = None) -> dict[Key, Cell]:
    """The same cells, shown or hidden. A leaf that is not given counts as zero, a total not given as unpublished.

    Raises ValueError when a total differs from the sum of its leaves. The order of the cells changes nothing.
    """
    table = _Table(counts, smallest_cell() if smallest is None else _at_least_three(smallest))
    table.protect()
    return {key: Cell(None, table.hidden[key]) if key in table.hidden else Cell(n) for key, n in counts.items()}


class _Table:
    def __init__(self, counts: Mapping[Key, int], smallest: int) -> None:
        self.counts = counts
        self.smallest = smallest
        dimensions = range(len(next(iter(counts), ())))
        self.leaf_nodes = [_leaf_nodes({key[place] for key in counts}) for place in dimensions]
        self.leaves = {key: count for key, count in counts.items() if self._is_leaf(key)}
        # how many partners are tried in each dimension, the best first: keeps the time bounded
        self.width = 8 if len(dimensions) < 3 else 4
        self.hidden = {key: Reason.SMALL for key, count in counts.items() if 0 < count < smallest}
        self._check_sums()

    def protect(self) -> None:
        safe: set[Key] = set()
        # totals first: a move through a total goes down to a leaf and protects that too
        for key in sorted(self.hidden, key=lambda key: (sum(map(len, key)), key)):
            if key not in safe:
                move = self._cheapest_move(key)
                self._hide(move)
                safe.update(cell for cell, _ in move)

    def _is_leaf(self, key: Key) -> bool:
        return all(node in nodes for node, nodes in zip(key, self.leaf_nodes, strict=True))

    def _check_sums(self) -> None:
        if any(count < 0 for count in self.counts.values()):
            raise ValueError("a count is negative")
        sums = with_totals(self.leaves)
        if any(count != sums.get(key, 0) for key, count in self.counts.items()):
            raise ValueError("the parts of a total do not add up to it")

    def _hide(self, move: Move) -> None:
        for key, step in move:
            reason = self.hidden.get(key)
            # a small cell that the move makes too large for "small" must not tell that it is small
            if reason is None or (reason is Reason.SMALL and self.counts[key] + step >= self.smallest):
                self.hidden[key] = Reason.COMPLEMENTARY

    def _cheapest_move(self, target: Key) -> Move:
        best: Move = []
        least = (len(self.counts) + 1, 0, 0)
        for move in self._moves(target):
            cost = self._cost(move, least)
            if cost < least:
                best, least = move, cost
                if not any(cost):
                    break
        return best

    def _cost(self, move: Move, worst: tuple[int, int, int]) -> tuple[int, int, int]:
        """How many cells cross the line of the small ones; people, then cells newly hidden. `worst` when unusable."""
        awkward = people = cells = 0
        for key, step in move:
            count, reason = self.counts[key], self.hidden.get(key)
            after = count + step
            if not after:
                return worst
            if reason is None:
                people += count
                cells += 1
            # a reader guesses that what is hidden beside a small cell is not small itself: better keep that true
            awkward += (count < self.smallest) != (after < self.smallest)
        return awkward, people, cells

    def _moves(self, target: Key) -> Iterator[Move]:
        """Ways to change `target` by one person. Adding one to a leaf and all totals above it is always among them."""
        for base in self._leaves_under(target):
            for partners in product(*(self._partners(target, base, place) for place in range(len(base)))):
                move = self._move(base, partners)
                if move:
                    yield move
                    yield [(key, -step) for key, step in move]

    def _leaves_under(self, target: Key) -> list[Key]:
        return sorted(key for key in self.leaves if all(map(_is_under, key, target)))

    def _partners(self, target: Key, base: Key, place: int) -> list[Node | None]:
        """Other leaves of one dimension that can give or take the person; None lets the totals change instead."""
        free: list[Node | None] = []
        others: list[tuple[bool, int, Node]] = []
        for node in self.leaf_nodes[place]:
            key = (*base[:place], node, *base[place + 1 :])
            count = self.counts.get(key, 0)
            if not count or _is_under(node, target[place]):
                continue
            if key in self.hidden and self._can_swap(base, key):
                free.append(node)
                if len(free) == self.width:
                    break
            else:
                others.append((not self._can_swap(base, key), count, node))
        return [*free, *(node for _, _, node in sorted(others)[: self.width - len(free)]), None]

    def _can_swap(self, one: Key, other: Key) -> bool:
        return any(self._has_room(one, step) and self._has_room(other, -step) for step in (1, -1))

    def _has_room(self, key: Key, step: int) -> bool:
        count = self.counts[key]
        return (count < self.smallest) == (count + step < self.smallest)

    def _move(self, base: Key, partners: tuple[Node | None, ...]) -> Move:
        """The cells that change, none when one of them is empty and so known."""
        move: Move = []
        for factors in product(*map(_path, base, partners)):
            key = tuple(node for node, _ in factors)
            count = self.counts.get(key)
            if count == 0 or (count is None and self._is_leaf(key)):
                return []
            if count is not None:
                move.append((key, prod(sign for _, sign in factors)))
        return move


def _at_least_three(smallest: int) -> int:
    if smallest < LEAST_SMALLEST:
        raise ValueError(f"the smallest shown count may not be under {LEAST_SMALLEST}")
    return smallest


def _leaf_nodes(nodes: set[Node]) -> dict[Node, None]:
    """In order; a dict, for its quick look-up."""
    inner = {node[:length] for node in nodes for length in range(len(node))}
    return dict.fromkeys(sorted(nodes - inner))


def _is_under(node: Node, top: Node) -> bool:
    return node[: len(top)] == top


def _and_above(node: Node) -> list[Node]:
    return [node[:length] for length in range(len(node) + 1)]


@lru_cache(maxsize=4096)
def _path(leaf: Node, partner: Node | None) -> tuple[tuple[Node, int], ...]:
    """The nodes of one dimension that change when a person leaves `partner` for `leaf`, and which way."""
    if partner is None:
        return tuple((node, 1) for node in _and_above(leaf))
    shared = {node for node in _and_above(leaf) if _is_under(partner, node)}
    return tuple(
        (node, sign) for end, sign in ((leaf, 1), (partner, -1)) for node in _and_above(end) if node not in shared
    )

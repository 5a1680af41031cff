"""The attacks know all that is published, and that a cell told to be small holds 1 … smallest - 1."""

from collections import deque
from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import pytest
from django.test import override_settings
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from core.suppression import (
    Cell,
    Key,
    Reason,
    hidden_words,
    shared,
    smallest_cell,
    suppress,
    suppress_alone,
    suppress_row,
    with_totals,
)

SMALL, COMPLEMENTARY = Reason.SMALL, Reason.COMPLEMENTARY
SMALLEST = 5

# many small ones, some empty, a few large
count = st.one_of(st.integers(0, 6), st.integers(0, 6), st.just(0), st.integers(0, 60))


def row_table(counts: list[int]) -> dict[Key, int]:
    return with_totals({((f"{place:02}",),): number for place, number in enumerate(counts)})


def grid_table(rows: list[list[int]]) -> dict[Key, int]:
    return with_totals(
        {((f"r{row:02}",), (f"c{column:02}",)): n for row, line in enumerate(rows) for column, n in enumerate(line)}
    )


def grids(most: int) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(1, most).flatmap(
        lambda width: st.lists(st.lists(count, min_size=width, max_size=width), min_size=1, max_size=most)
    )


def bounds(cell: Cell, *, large: int = 1) -> tuple[int, int]:
    if cell.count is not None:
        return cell.count, cell.count
    return (1, SMALLEST - 1) if cell.reason is SMALL else (large, 1_000_000)


def leaves_of(table: Mapping[Key, int]) -> list[Key]:
    return [key for key in table if not any(other != key and all(map(is_under, other, key)) for other in table)]


def is_under(node: tuple[str, ...], top: tuple[str, ...]) -> bool:
    return node[: len(top)] == top


def possible_tables(table: Mapping[Key, int], cells: Mapping[Key, Cell], *, large: int = 1) -> Iterator[dict[Key, int]]:
    """By trial: every table within one person of the true one, leaf by leaf, that agrees with what is published."""
    leaves = leaves_of(table)
    choices = []
    for leaf in leaves:
        least, most = bounds(cells[leaf], large=large)
        choices.append([n for n in range(table[leaf] - 1, table[leaf] + 2) if least <= n <= most])
    for numbers in product(*choices):
        tried = with_totals(dict(zip(leaves, numbers, strict=True)))
        if all(least <= tried[key] <= most for key in table for least, most in [bounds(cells[key], large=large)]):
            yield {key: tried[key] for key in table}


def determined_by_trial(table: Mapping[Key, int], cells: Mapping[Key, Cell], *, large: int = 1) -> set[Key]:
    left = {key for key, cell in cells.items() if not cell.shown}
    for tried in possible_tables(table, cells, large=large):
        left -= {key for key in left if tried[key] != table[key]}
        if not left:
            break
    return left


def determined_in_grid(table: Mapping[Key, int], cells: Mapping[Key, Cell]) -> set[Key]:
    """Exactly, at any size. Rows and columns with their totals form a network whose flows are the possible tables:
    a cell can differ when some cycle of cells with room, other than back and forth, runs through it."""
    arcs: dict[str, list[tuple[str, Key]]] = {}
    ends: dict[tuple[Key, int], tuple[str, str]] = {}
    for key, number in table.items():
        row, column = key
        low, high = bounds(cells[key])
        forward = (f"row {row}", f"column {column}")
        if (row == ()) != (column == ()):
            forward = forward[::-1]
        for step, (start, end) in ((1, forward), (-1, forward[::-1])):
            if low <= number + step <= high:
                arcs.setdefault(start, []).append((end, key))
                ends[key, step] = start, end

    def can_change(key: Key, step: int) -> bool:
        if (key, step) not in ends:
            return False
        goal, start = ends[key, step]
        seen, queue = {start}, deque([start])
        while queue:
            for end, by in arcs.get(queue.popleft(), ()):
                if by != key and end not in seen:
                    seen.add(end)
                    queue.append(end)
        return goal in seen

    return {key for key, cell in cells.items() if not cell.shown and not (can_change(key, 1) or can_change(key, -1))}


def test_the_attacks_find_a_lone_hidden_cell() -> None:
    table = grid_table([[3, 20], [30, 40]])
    cells = {key: Cell(None, SMALL) if n < 5 else Cell(n) for key, n in table.items()}
    assert determined_in_grid(table, cells) == determined_by_trial(table, cells) == {(("r00",), ("c00",))}


def test_the_attacks_find_cells_that_are_known_by_their_limits() -> None:
    table = row_table([4, 4, 20])
    cells = {key: Cell(None, SMALL) if n < 5 else Cell(n) for key, n in table.items()}
    assert determined_by_trial(table, cells) == {(("00",),), (("01",),)}


@given(grids(3))
def test_both_attacks_agree(rows: list[list[int]]) -> None:
    table = grid_table(rows)
    naive = {key: Cell(None, SMALL) if 0 < n < 5 else Cell(n) for key, n in table.items()}
    assert determined_in_grid(table, naive) == determined_by_trial(table, naive)


@given(st.lists(count, min_size=1, max_size=7))
def test_no_hidden_cell_of_a_list_can_be_told(counts: list[int]) -> None:
    table = row_table(counts)
    assert not determined_by_trial(table, suppress(table, SMALLEST))


@given(st.lists(count, min_size=1, max_size=7))
def test_not_even_by_guessing_that_what_is_hidden_beside_is_large(counts: list[int]) -> None:
    table = row_table(counts)
    assert not determined_by_trial(table, suppress(table, SMALLEST), large=SMALLEST)


@given(grids(9))
def test_no_hidden_cell_of_a_grid_can_be_told(rows: list[list[int]]) -> None:
    table = grid_table(rows)
    assert not determined_in_grid(table, suppress(table, SMALLEST))


@given(st.lists(count, min_size=8, max_size=8))
def test_no_hidden_cell_of_three_crossed_traits_can_be_told(counts: list[int]) -> None:
    table = with_totals({((a,), (b,), (c,)): n for (a, b, c), n in zip(product("ab", "cd", "ef"), counts, strict=True)})
    assert not determined_by_trial(table, suppress(table, SMALLEST))


MONTHS = (("Q1", "1"), ("Q1", "2"), ("Q1", "3"), ("Q2", "4"))


@given(st.lists(count, min_size=8, max_size=8))
def test_no_hidden_month_can_be_told_from_its_quarter_or_year(counts: list[int]) -> None:
    table = with_totals({((a,), month): n for (a, month), n in zip(product("ab", MONTHS), counts, strict=True)})
    assert not determined_by_trial(table, suppress(table, SMALLEST))


@given(grids(5), st.sets(st.sampled_from(["row", "column", "all"])))
def test_totals_that_are_not_published_are_no_help(rows: list[list[int]], missing: set[str]) -> None:
    kinds = {(True, False): "row", (False, True): "column", (True, True): "all"}
    table = {key: n for key, n in grid_table(rows).items() if kinds.get((key[1] == (), key[0] == ())) not in missing}
    cells = suppress(table, SMALLEST)
    assume(sum(not cell.shown for cell in cells.values()) < 9)
    assert not determined_by_trial(table, cells)


@given(grids(6), st.integers(3, 12))
def test_what_is_shown_is_true_and_never_small(rows: list[list[int]], smallest: int) -> None:
    table = grid_table(rows)
    for key, cell in suppress(table, smallest).items():
        if cell.shown:
            assert cell.count == table[key]
            assert not 0 < table[key] < smallest
        else:
            assert cell.count is None
            assert table[key] > 0
            assert cell.reason is COMPLEMENTARY or table[key] < smallest


@given(grids(6))
def test_a_leaf_that_is_not_given_is_one_of_nobody(rows: list[list[int]]) -> None:
    table = grid_table(rows)
    filled = {key: n for key, n in table.items() if n or () in key}
    told = suppress(table, SMALLEST)
    assert suppress(filled, SMALLEST) == {key: told[key] for key in filled}


@given(grids(6), st.randoms(use_true_random=False))
def test_the_order_of_the_cells_changes_nothing(rows: list[list[int]], random: Random) -> None:
    table = grid_table(rows)
    shuffled = list(table.items())
    random.shuffle(shuffled)
    assert suppress(dict(shuffled), SMALLEST) == suppress(table, SMALLEST)


def row(counts: dict[str, int]) -> tuple[dict[str, Cell], Cell]:
    return suppress_row(counts, sum(counts.values()), SMALLEST)


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    cells, total = row({"a": 5, "b": 0, "c": 19})
    assert [cell.count for cell in cells.values()] == [5, 0, 19]
    assert total == Cell(24)


def test_the_smallest_other_row_is_hidden_beside_a_lone_small_one() -> None:
    cells, total = row({"a": 40, "b": 3, "c": 12, "d": 0, "e": 13})
    assert cells["b"] == Cell(None, SMALL)
    assert cells["c"] == Cell(None, COMPLEMENTARY)
    assert [cells[name].count for name in "ade"] == [40, 0, 13]
    assert total.count == 68


def test_two_small_rows_hide_each_other() -> None:
    cells, total = row({"a": 40, "b": 3, "c": 2})
    assert [cells["b"].reason, cells["c"].reason] == [SMALL, SMALL]
    assert (cells["a"].count, total.count) == (40, 45)


def test_two_rows_of_four_need_a_third_as_their_sum_tells_them() -> None:
    cells, total = row({"a": 40, "b": 4, "c": 4})
    assert cells["a"] == Cell(None, COMPLEMENTARY)
    assert total.count == 48


def test_the_total_is_hidden_when_no_other_row_can_be() -> None:
    cells, total = row({"a": 4, "b": 4, "c": 0})
    assert total == Cell(None, COMPLEMENTARY)
    assert cells["c"] == Cell(0)


def test_a_small_total_is_small_itself() -> None:
    assert row({"a": 2, "b": 0})[1] == Cell(None, SMALL)


def test_a_small_cell_in_a_grid_hides_one_in_its_row_one_in_its_column_and_the_fourth() -> None:
    cells = suppress(grid_table([[3, 20, 50], [30, 10, 70], [80, 90, 60]]), SMALLEST)
    hidden = {key: cell.reason for key, cell in cells.items() if not cell.shown}
    assert hidden == {
        (("r00",), ("c00",)): SMALL,
        (("r00",), ("c01",)): COMPLEMENTARY,
        (("r01",), ("c00",)): COMPLEMENTARY,
        (("r01",), ("c01",)): COMPLEMENTARY,
    }


def test_totals_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValueError, match="add up"):
        suppress_row({"a": 10, "b": 20}, 31, SMALLEST)
    with pytest.raises(ValueError, match="negative"):
        suppress_row({"a": 10, "b": -1}, 9, SMALLEST)


def test_an_empty_table_stays_empty() -> None:
    assert suppress({}, SMALLEST) == {}


@pytest.mark.parametrize(
    ("number", "cell"), [(0, Cell(0)), (1, Cell(None, SMALL)), (4, Cell(None, SMALL)), (5, Cell(5))]
)
def test_a_count_that_is_in_no_sum_is_hidden_by_its_own_size(number: int, cell: Cell) -> None:
    assert suppress_alone(number, SMALLEST) == cell


def test_the_setting_may_not_go_under_three() -> None:
    with override_settings(SMALLEST_CELL=3):
        assert smallest_cell() == 3
    with override_settings(SMALLEST_CELL=2), pytest.raises(ValueError, match="under 3"):
        smallest_cell()
    with pytest.raises(ValueError, match="under 3"):
        suppress({}, 1)


def test_what_is_small_is_as_the_setting_says() -> None:
    with override_settings(SMALLEST_CELL=7):
        assert suppress_alone(6) == Cell(None, SMALL)
        assert suppress_row({"a": 6, "b": 7}, 13)[0]["a"] == Cell(None, SMALL)
    with pytest.raises(ValueError, match="under 3"):
        suppress_alone(1, 2)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([6, 7, 8], 21),
        ([6, 7, 8, 0], 21),
        ([0, 0, 0], 0),
        ([6, 7], None),
        ([0, 0], None),
        ([6, 7, 0], None),
        ([6, 0, 0], None),
        ([6, 7, 8, None], None),
    ],
)
def test_a_number_of_several_municipalities_is_told_where_three_have_it_and_none_hides_it(
    counts: list[int | None], told: int | None
) -> None:
    hidden = Cell(None, COMPLEMENTARY)
    assert shared([hidden if count is None else Cell(count) for count in counts]) == (
        hidden if told is None else Cell(told)
    )


def test_a_hidden_count_says_why_in_words() -> None:
    with translation.override("fi"):
        assert hidden_words(SMALL) == "alle 5"
        assert hidden_words(COMPLEMENTARY) == "peitetty"


KNOWN_GRIDS = [
    [[1, 4], [1, 1]],
    [[1, 1], [3, 0]],
    [[2, 1, 6, 0, 3, 20, 5, 6, 2, 5, 2, 6], [6, 1, 1, 20, 6, 4, 3, 2, 4, 20, 1, 1]],
    [[9, 9, 6, 9, 1, 2, 4, 9, 1, 2, 4, 1], [1, 1, 5, 9, 5, 2, 5, 4, 5, 6, 4, 20]],
    [[3, 5, 2, 1, 1, 6, 3, 4, 5, 6, 9, 1], [9, 3, 9, 20, 9, 1, 1, 4, 6, 4, 0, 3]],
]
"""In each of them another choice of partners, or another order, hides other cells."""


def seeded_tables(kind: str) -> Iterator[dict[Key, int]]:
    """The same in every run."""
    numbers, large = Random(f"tables of {kind}"), 1 if kind in {"months", "without totals"} else 4

    def one() -> int:
        return numbers.choice([0, numbers.randint(1, 6), *(numbers.randint(5, 40) for _ in range(large))])

    if kind == "known grids":
        yield from map(grid_table, KNOWN_GRIDS)
        return
    for _ in range(40):
        if kind == "lists":
            yield row_table([one() for _ in range(numbers.randint(2, 16))])
        elif kind == "grids":
            width = numbers.randint(2, 11)
            yield grid_table([[one() for _ in range(width)] for _ in range(numbers.randint(2, 9))])
        elif kind == "months":
            yield with_totals({((a,), month): one() for a, month in product("abc", MONTHS)})
        elif kind == "without totals":
            yield {
                key: n for key, n in grid_table([[one() for _ in range(4)] for _ in range(4)]).items() if key[0] != ()
            }
        else:
            yield with_totals({((a,), (b,), (c,)): one() for a, b, c in product("abcdef", "hijk", "nop")})


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("lists", (37, 11, 162, 567)),
        ("grids", (137, 178, 2907, 13618)),
        ("months", (201, 198, 5557, 9872)),
        ("without totals", (132, 70, 1325, 3549)),
        ("three traits", (326, 967, 21936, 127216)),
        ("known grids", (55, 30, 363, 2860)),
    ],
)
def test_as_much_is_hidden_as_when_it_was_looked_at(kind: str, expected: tuple[int, ...]) -> None:
    """Cells with the one word and the other, the counts in them, and where they lie. A change hides more, or other
    cells: look whether that is meant, and at what it costs."""
    small = other = people = place = 0
    for table in seeded_tables(kind):
        for at, (key, cell) in enumerate(sorted(suppress(table, SMALLEST).items()), start=1):
            if not cell.shown:
                small += cell.reason is SMALL
                other += cell.reason is COMPLEMENTARY
                people += table[key]
                place += at * (1 + (cell.reason is SMALL))
    assert (small, other, people, place) == expected

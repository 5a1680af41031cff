"""What a reader who knows every edition can find out. The attacks reckon by themselves, not by the audit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.saving import NotPossible
from core.suppression import Reason
from reports.publishing.audit import audit, system
from reports.publishing.draft import audited
from reports.publishing.earlier import Earlier, may_replace
from reports.publishing.hiding import hide
from reports.publishing.leaves import PublishedCell
from reports.publishing.periods import EditionPeriod, Sort
from reports.publishing.tables import Kind, Row, Table
from reports.publishing.tests.invented import (
    APPOINTMENT_LEAVES,
    CLIENT_LEAVES,
    GROUPS,
    PERIODS,
    SMALLEST,
    Invented,
    count,
    invented,
    table,
)
from reports.publishing.verbs import refuse_telling

SMALL, COMPLEMENTARY = Reason.SMALL, Reason.COMPLEMENTARY
HALF = EditionPeriod.of(Sort.HALF, date(2018, 8, 1))
YEAR = EditionPeriod.of(Sort.YEAR, date(2018, 8, 1))


def edition(numbers: Invented, period: EditionPeriod, before: Mapping[int, Sequence[Table]]) -> list[Table]:
    """As `draft_of` makes it: what was published by traits is repeated."""
    exact = numbers.traits(period)
    published = {one.id: one for tables in before.values() for one in tables if one.kind == "trait"}
    told = [
        replace(published[one.id], since="2019-01-01") if one.id in published else hide(one, SMALLEST) for one in exact
    ]
    earlier = cast("Earlier", SimpleNamespace(tables=before))
    tables, found = audited([numbers.by_type(period), *told], SMALLEST, earlier)
    assert found.passed
    return tables


def editions(numbers: Invented, periods: Sequence[EditionPeriod]) -> dict[int, list[Table]]:
    made: dict[int, list[Table]] = {}
    for number, period in enumerate(periods, start=1):
        made[number] = edition(numbers, period, made)
    return made


PRIME = 2_147_483_647
Vector = dict[Any, int]


def without(rows: Mapping[Any, Vector], vector: Mapping[Any, int]) -> Vector:
    """What the rows leave of a vector, each of which begins with 1 at its pivot."""
    rest = dict(vector)
    for pivot, row in rows.items():
        share = rest.get(pivot, 0)
        if share:
            rest |= {leaf: (rest.get(leaf, 0) - share * n) % PRIME for leaf, n in row.items()}
    return {leaf: n for leaf, n in rest.items() if n}


def in_row_space(cells: Sequence[PublishedCell]) -> list[PublishedCell]:
    """The hidden cells of which the shown ones leave nothing: modulo a prime, another way than that of the audit.

    What is told to be zero has nothing in any of its leaves.
    """
    rows: dict[Any, Vector] = {}
    empty = {leaf for cell in cells if cell.number == 0 for leaf in cell.vector}
    cells = [replace(cell, vector={leaf: 1 for leaf in cell.vector if leaf not in empty}) for cell in cells]
    for cell in cells:
        rest = without(rows, cell.vector) if isinstance(cell.number, int) else {}
        if rest:
            pivot = max(rest)
            inverse = pow(rest[pivot], -1, PRIME)
            rows[pivot] = {leaf: n * inverse % PRIME for leaf, n in rest.items()}
    return [cell for cell in cells if not isinstance(cell.number, int) and not without(rows, cell.vector)]


@settings(max_examples=40)
@given(invented)
def test_no_hidden_number_of_an_edition_can_be_computed_from_its_tables(numbers: Invented) -> None:
    assert in_row_space(system({1: edition(numbers, HALF, {})})) == []


@settings(max_examples=15)
@given(invented, st.lists(st.sampled_from(PERIODS), min_size=2, max_size=5, unique=True))
def test_none_can_be_computed_from_editions_that_overlap(numbers: Invented, periods: list[EditionPeriod]) -> None:
    assert in_row_space(system(editions(numbers, [*periods, HALF, YEAR]))) == []


def moved(cell: PublishedCell, change: Mapping[Any, int]) -> int:
    return sum(n * change.get(leaf, 0) for leaf, n in cell.vector.items())


@settings(max_examples=30)
@given(invented)
def test_the_audit_gives_for_each_hidden_number_another_municipality_with_the_same_publications(
    numbers: Invented,
) -> None:
    tables = edition(numbers, YEAR, {})
    cells = {cell.name: cell for cell in system({0: tables})}
    for proof in audit(tables, SMALLEST).proofs:
        changed = {
            name: sum(n * proof.change.get(leaf, 0) for leaf, n in c.vector.items()) for name, c in cells.items()
        }
        assert changed[proof.cell] != 0
        assert {changed[name] for name, cell in cells.items() if isinstance(cell.number, int)} <= {0}


@settings(max_examples=30)
@given(invented)
def test_what_is_shown_is_true_and_never_small(numbers: Invented) -> None:
    for exact, told in zip(numbers.traits(YEAR), edition(numbers, YEAR, {})[1:], strict=True):
        inside = {row.key: row for row in exact.rows}
        for row in told.rows:
            if row.shown:
                assert (row.count, row.base) == (inside[row.key].count, inside[row.key].base)
                for number in (row.count, row.base, row.out):
                    assert number is None or not 0 < cast("int", number) < SMALLEST


counts = st.lists(count, min_size=1, max_size=7)


def listed(numbers: Sequence[int]) -> Table:
    rows = [Row(f"{place}", {}, n) for place, n in enumerate(numbers)]
    return table("goal_groups", Kind.TRAIT, HALF, rows, Row("", {}, sum(numbers)), sum(numbers))


def values(hidden: Sequence[Reason], rest: int, place: int) -> set[int]:
    """By trial: what the number at the place may be, when each is at least one and a small one under the smallest."""
    others = [reason for at, reason in enumerate(hidden) if at != place]
    possible = {0}
    for reason in others:
        most = SMALLEST - 1 if reason is SMALL else rest
        possible = {total + n for total in possible for n in range(1, most + 1) if total + n <= rest}
    own = range(1, SMALLEST) if hidden[place] is SMALL else range(1, rest + 1)
    return {n for n in own if rest - n in possible}


@given(counts)
def test_a_hidden_number_may_be_another_and_without_a_size_it_may_be_small_or_large(numbers: list[int]) -> None:
    told = hide(listed(numbers), SMALLEST)
    hidden = [cast("Reason", row.count) for row in told.hidden]
    rest = sum(numbers) - sum(cast("int", row.count) for row in told.rows if row.shown)
    for place, reason in enumerate(hidden):
        possible = values(hidden, rest, place)
        assert len(possible) > 2
        if reason is COMPLEMENTARY:
            assert min(possible) < SMALLEST < max(possible)


@given(counts)
def test_the_word_under_five_stands_only_where_all_that_is_hidden_is_small(numbers: list[int]) -> None:
    told = hide(listed(numbers), SMALLEST)
    reasons = {row.count for row in told.hidden}
    assert len(reasons) <= 1
    if reasons == {SMALL}:
        assert all(numbers[int(row.key)] < SMALLEST for row in told.hidden)
    if reasons == {COMPLEMENTARY}:
        assert any(numbers[int(row.key)] >= SMALLEST for row in told.hidden)


one_more = st.one_of(
    st.tuples(st.just("clients"), st.sampled_from(CLIENT_LEAVES)),
    st.tuples(st.just("appointments"), st.sampled_from(APPOINTMENT_LEAVES)),
)


@settings(max_examples=30)
@given(invented, one_more)
def test_one_record_more_makes_no_difference_between_an_edition_and_its_correction(
    numbers: Invented, record: tuple[str, tuple[str, ...]]
) -> None:
    original = edition(numbers, YEAR, {})[1:]
    later = [hide(one, SMALLEST) for one in numbers.with_one_more(*record).traits(YEAR)]
    for old, new in zip(original, later, strict=True):
        assert new.same_numbers(old) or not may_replace(new, [old], SMALLEST)


def test_a_large_correction_is_told_and_one_that_hides_other_rows_is_not() -> None:
    old = hide(listed([40, 9, 9, 3, 2]), SMALLEST)
    assert may_replace(hide(listed([50, 9, 9, 3, 2]), SMALLEST), [old], SMALLEST)
    assert not may_replace(hide(listed([44, 9, 9, 3, 2]), SMALLEST), [old], SMALLEST)
    assert not may_replace(hide(listed([50, 9, 4, 3, 2]), SMALLEST), [old], SMALLEST)
    assert not may_replace(hide(listed([40, 9, 9, 4, 2]), SMALLEST), [old], SMALLEST), "the hidden ones together"


def test_a_correction_is_compared_with_everything_that_was_ever_published() -> None:
    first, second = (hide(listed([n, 9, 3, 2]), SMALLEST) for n in (40, 50))
    assert may_replace(hide(listed([42, 9, 3, 2]), SMALLEST), [second], SMALLEST)
    assert not may_replace(hide(listed([42, 9, 3, 2]), SMALLEST), [first, second], SMALLEST)


def told(numbers: list[int]) -> list[object]:
    found = hide(listed(numbers), SMALLEST)
    return ["withheld"] if found.withheld else [row.count for row in found.rows]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([40, 12, 0], [40, 12, 0]),
        ([40, 3, 2], [40, SMALL, SMALL]),
        ([40, 12, 3], [40, COMPLEMENTARY, COMPLEMENTARY]),
        ([40, 12, 4, 4], [40, COMPLEMENTARY, COMPLEMENTARY, COMPLEMENTARY]),
        ([40, 12, 1, 1], [40, COMPLEMENTARY, COMPLEMENTARY, COMPLEMENTARY]),
        ([40, 12, 1, 2], [40, COMPLEMENTARY, COMPLEMENTARY, COMPLEMENTARY]),
        ([40, 12, 5, 1], [40, COMPLEMENTARY, COMPLEMENTARY, COMPLEMENTARY]),
        ([40, 12, 6, 1], [40, 12, COMPLEMENTARY, COMPLEMENTARY]),
        ([40, 6, 12, 1], [40, 6, COMPLEMENTARY, COMPLEMENTARY]),
        ([4, 12], ["withheld"]),
        ([4, 0], ["withheld"]),
        ([4, 4], ["withheld"]),
        ([0, 0], [0, 0]),
    ],
)
def test_other_rows_are_hidden_beside_small_ones_the_last_first_until_they_stay_unknown(
    numbers: list[int], expected: list[object]
) -> None:
    assert told(numbers) == expected


def attended(*rows: tuple[int, int]) -> Table:
    made = [
        Row(key, {}, came, base) for key, (came, base) in zip(["0-24", "25-39", "40-59", "60-"], rows, strict=False)
    ]
    came, base = (sum(row[side] for row in rows) for side in (0, 1))
    return hide(table("attendance_by_age", Kind.TRAIT, HALF, made, Row("", {}, came, base), base), SMALLEST)


def test_a_row_is_hidden_whole_also_for_the_few_who_did_not_come() -> None:
    hidden = [row.key for row in attended((30, 60), (28, 30), (20, 40)).hidden]
    assert hidden == ["25-39", "40-59"]


def test_nobody_having_come_in_all_hidden_rows_would_be_told_by_the_sum() -> None:
    """Of the two small rows nobody came: all who came are in the others, so one of these is hidden too."""
    hidden = [row.key for row in attended((0, 3), (0, 4), (20, 40), (30, 60)).hidden]
    assert hidden == ["0-24", "25-39", "60-"]


def in_groups(*numbers: int) -> Table:
    exact = listed(numbers)
    return exact.with_rows(replace(row, key=key) for row, key in zip(exact.rows, GROUPS, strict=True))


def published(*keys: str) -> Earlier:
    """An edition of before that told these rows."""
    exact = in_groups(40, 30, 9, 3)
    told = exact.with_rows(row for row in exact.rows if row.key in keys)
    return cast("Earlier", SimpleNamespace(tables={7: [told]}))


def test_a_table_is_withheld_that_would_tell_a_hidden_number_beside_what_was_told_before() -> None:
    new = hide(in_groups(40, 30, 9, 3), SMALLEST)
    assert [row.key for row in new.hidden] == ["home", "health"]
    tables, found = audited([new], SMALLEST, published("home"))
    assert found.passed
    assert tables[0].withheld


def test_a_table_is_withheld_that_would_tell_a_number_hidden_in_an_edition_of_before() -> None:
    """The other half of the same clients: how AVAIN was filled in tells the total that was missing."""
    before = hide(in_groups(40, 30, 9, 3), SMALLEST)
    before = replace(before.with_rows(row for row in before.rows if row.key != "home"), total=None)
    rows = [Row("together", {}, 82), Row("alone", {}, 0)]
    filled = table("filled_in_together", Kind.TRAIT, HALF, rows, Row("", {}, 82), 82)
    told = in_groups(40, 30, 9, 3).with_rows(
        [Row("home", {}, 9), *(Row(key, {}, 0) for key in ("people", "other", "none"))]
    )
    earlier = cast("Earlier", SimpleNamespace(tables={7: [before], 8: [replace(told, total=None)]}))
    tables, found = audited([filled], SMALLEST, earlier)
    assert tables[0].withheld
    assert found.passed


def test_the_audit_fails_where_the_number_itself_was_told_before() -> None:
    repeated = replace(hide(in_groups(40, 30, 9, 3), SMALLEST), since="2019-01-01")
    _tables, found = audited([repeated], SMALLEST, published("health"))
    assert not found.passed
    with pytest.raises(NotPossible, match="goal_groups 2018-H2 health"):
        refuse_telling(found)

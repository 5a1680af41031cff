"""What a reader finds out who knows the rule of hiding and tries every municipality that would publish the same."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.publishing.audit import audit
from reports.publishing.choosing import all_small
from reports.publishing.hiding import as_told, hide
from reports.publishing.inversion import CANDIDATES, settled
from reports.publishing.periods import EditionPeriod, Sort
from reports.publishing.tables import Kind, Row, Table
from reports.publishing.tests.invented import SMALLEST, count, table

HALF = EditionPeriod.of(Sort.HALF, date(2018, 8, 1))
Rows = tuple[tuple[int, ...], ...]


def sums(numbers: int, total: int) -> Iterator[tuple[int, ...]]:
    """Every way to make the total of so many numbers."""
    if numbers == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in sums(numbers - 1, total - first):
            yield (first, *others)


def told_of(rows: Rows) -> object:
    """What is published of them; of a table that is withheld a reader may still know the total, from another one."""
    hidden = settled(rows, SMALLEST)
    if hidden is None:
        return "withheld"
    small = bool(hidden) and all_small(rows, hidden, SMALLEST)
    return small, tuple(None if place in hidden else row for place, row in enumerate(rows))


def known(same: list[Rows]) -> list[tuple[int, set[tuple[int, ...]]]]:
    """Of municipalities that publish the same, by place: what a reader has to choose from, where it is too little."""
    found = []
    for place in range(len(same[0])):
        candidates = {rows[place] for rows in same}
        columns = [set(column) for column in zip(*candidates, strict=True)] + [{sum(own) for own in candidates}]
        if min(map(len, columns)) < CANDIDATES:
            found.append((place, candidates))
    return found


def found_out(every: Iterator[Rows]) -> tuple[int, list[object]]:
    """How many different publications hide something, and those in which a hidden number is found out."""
    published: dict[object, list[Rows]] = defaultdict(list)
    for rows in every:
        published[told_of(rows)].append(rows)
    hiding, guessed = 0, []
    for told, same in published.items():
        hidden = range(len(same[0])) if told == "withheld" else [n for n, row in enumerate(told[1]) if row is None]  # type: ignore[index]
        hiding += bool(hidden)
        if [one for one in known(same) if one[0] in hidden]:
            guessed.append(told)
    return hiding, guessed


def attacked(rows: int, totals: list[int]) -> int:
    hiding = 0
    for total in totals:
        more, guessed = found_out(tuple((n,) for n in numbers) for numbers in sums(rows, total))
        assert guessed == [], f"{rows} rows of {total} in all"
        hiding += more
    return hiding


@pytest.mark.parametrize(("rows", "totals"), [(3, range(5, 27)), (4, range(5, 14)), (5, range(5, 10))])
def test_no_hidden_number_is_left_with_fewer_than_three_candidates(rows: int, totals: range) -> None:
    assert attacked(rows, list(totals))


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "totals"), [(4, [16, 20, 24]), (5, [12, 16, 20])])
def test_nor_in_larger_tables(rows: int, totals: list[int]) -> None:
    assert attacked(rows, totals)


def test_nor_where_rows_have_a_base() -> None:
    for came, out in ((12, 8), (14, 6)):
        every = (tuple(zip(counts, rests, strict=True)) for counts in sums(3, came) for rests in sums(3, out))
        assert found_out(every)[1] == []


def of(rows: Rows) -> Table:
    based = len(rows[0]) == 2
    made = [Row(f"{place}", {}, row[0], sum(row) if based else None) for place, row in enumerate(rows)]
    n = sum(map(sum, rows))
    total = Row("", {}, sum(row[0] for row in rows), n if based else None)
    return table("attendance_by_age" if based else "goal_groups", Kind.TRAIT, HALF, made, total, n)


one_number = st.lists(st.tuples(count), min_size=1, max_size=7)
with_base = st.lists(st.tuples(count, count), min_size=1, max_size=5)


@settings(max_examples=60)
@given(st.one_of(one_number, with_base))
def test_the_audit_comes_to_the_same_from_what_is_told_alone(numbers: list[tuple[int, ...]]) -> None:
    told = hide(of(tuple(numbers)), SMALLEST)
    assert audit([told], SMALLEST).guessed == []
    seen = as_told(told, SMALLEST)
    assert (seen is None) == (told.withheld or not told.hidden)


def test_a_table_of_which_a_number_could_be_told_from_the_rule_does_not_pass_the_audit() -> None:
    """Of the hidden 5, 1 and 5 the first could only be 5 or 6."""
    exact = of(((5,), (1,), (149,), (84,), (2,), (5,)))
    assert hide(exact, SMALLEST).withheld
    reason = hide(of(((40,), (12,), (3,))), SMALLEST).hidden[0].count
    told = exact.with_rows(row.hiding(reason) if row.key in "145" else row for row in exact.rows)  # type: ignore[arg-type]
    assert audit([told], SMALLEST).guessed == [told]
    assert not audit([told], SMALLEST).passed

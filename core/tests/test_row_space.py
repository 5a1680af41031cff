from hypothesis import given
from hypothesis import strategies as st

from core.row_space import RowSpace

Vector = dict[int, int]
vectors = st.dictionaries(st.integers(0, 5), st.integers(-2, 2), max_size=5)


def space_of(published: list[Vector]) -> RowSpace[int, int]:
    space: RowSpace[int, int] = RowSpace()
    for name, vector in enumerate(published):
        space.add(name, vector)
    return space


def times(vector: Vector, change: Vector) -> int:
    return sum(n * change.get(leaf, 0) for leaf, n in vector.items())


def test_the_last_part_of_a_known_total_is_known() -> None:
    space = space_of([{1: 1, 2: 1, 3: 1}, {1: 1}, {2: 1}])
    assert space.rank == 3
    made_of = space.combination({3: 1})
    assert made_of is not None
    assert {name: int(share) for name, share in made_of.items()} == {0: 1, 1: -1, 2: -1}
    assert space.unnoticed({3: 1}) is None


def test_of_two_parts_neither_is_known_and_one_may_have_what_the_other_lacks() -> None:
    space = space_of([{1: 1, 2: 1, 3: 1}, {1: 1}])
    assert space.combination({3: 1}) is None
    assert space.unnoticed({3: 1}) in ({2: -1, 3: 1}, {2: 1, 3: -1})


def test_what_was_published_twice_adds_nothing() -> None:
    assert space_of([{1: 1, 2: 1}, {1: 1, 2: 1}, {1: 2, 2: 2}]).rank == 1


def test_halves_are_exact() -> None:
    space = space_of([{1: 1, 2: 1}, {2: 1, 3: 1}, {1: 1, 3: 1}])
    found = space.combination({1: 1})
    assert found is not None
    assert [str(found[name]) for name in (0, 1, 2)] == ["1/2", "-1/2", "1/2"]


@given(st.lists(vectors, max_size=7), vectors)
def test_either_a_combination_makes_it_or_a_change_passes_the_others_by(published: list[Vector], asked: Vector) -> None:
    space = space_of(published)
    made, change = space.combination(asked), space.unnoticed(asked)
    assert (made is None) != (change is None)
    if made is not None:
        leaves = set(asked).union(*published)
        sums = {leaf: sum(share * published[name].get(leaf, 0) for name, share in made.items()) for leaf in leaves}
        assert sums == {leaf: asked.get(leaf, 0) for leaf in leaves}
    if change is not None:
        assert [times(vector, change) for vector in published] == [0] * len(published)
        assert times(asked, change) != 0

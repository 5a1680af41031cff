"""Which counts are small, what is said of a hidden one, and when municipalities are told together."""

import pytest
from django.test import override_settings
from django.utils import translation

from core.suppression import Cell, Reason, hidden_words, shared, smallest_cell

SMALL, COMPLEMENTARY = Reason.SMALL, Reason.COMPLEMENTARY


def test_what_is_small_is_as_the_setting_says_and_may_not_go_under_three() -> None:
    for smallest in (3, 7):
        with override_settings(SMALLEST_CELL=smallest):
            assert smallest_cell() == smallest
    with override_settings(SMALLEST_CELL=2), pytest.raises(ValueError, match="under 3"):
        smallest_cell()


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

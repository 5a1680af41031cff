"""What a matter is about, in the words of the lists."""

import pytest

from desk.matter.words import expense_name, expense_words, lower_first

pytestmark = pytest.mark.django_db

FURNITURE, OTHER = "HUONEKALUT", "KODINKONE"


@pytest.mark.parametrize("kinds", [[FURNITURE], [FURNITURE, FURNITURE], [FURNITURE] * 3])
def test_the_same_expense_applied_for_many_times_is_said_once(kinds: list[str]) -> None:
    assert expense_words([{"kind": kind} for kind in kinds]) == "huonekalut"


def test_two_different_ones_are_both_said() -> None:
    words = expense_words([{"kind": kind} for kind in (FURNITURE, OTHER, FURNITURE)])
    assert words == f"huonekalut ja {lower_first(expense_name(OTHER))}"

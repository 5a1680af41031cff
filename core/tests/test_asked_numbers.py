import pytest

from core.asked_numbers import number, numbers


@pytest.mark.parametrize("text", ["", "-1", "+1", "1.0", "1e3", " 1", "½", "٣", "1" * 19, "x"])
def test_what_is_no_number_is_passed_over(text: str) -> None:
    assert number(text) is None
    assert numbers([text]) == []


def test_each_number_is_named_once_in_order() -> None:
    assert numbers(["7", "3", "x", "7", "0", "9" * 18]) == [7, 3, 0, 10**18 - 1]

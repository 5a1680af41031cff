"""The order of the tests, whatever shuffled them before."""

from types import SimpleNamespace
from typing import Any

from testing.order import pytest_collection_modifyitems


def item(name: str, *marks: str) -> Any:
    return SimpleNamespace(name=name, get_closest_marker=lambda mark: mark if mark in marks else None)


def test_slow_tests_come_first_and_the_others_as_they_were() -> None:
    items = [item("b"), item("start", "slow"), item("a"), item("browser", "browser", "slow")]
    pytest_collection_modifyitems(items)
    assert [one.name for one in items] == ["start", "browser", "b", "a"]

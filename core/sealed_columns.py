"""Which columns hold encrypted values, and what binds each to its row: for all that goes through all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.encryption import place

MEBIBYTES = 4
"""As `at_once`, where one value may be a mebibyte and more."""


@dataclass(frozen=True)
class SealedColumn:
    """`row` are SQL expressions over the row `one` (and what is `joined`) whose values bind it; `bound` is their place.

    A value that stands in another one (JSON) is read by `value` and written by `assign`, in which it is called `new`.
    """

    table: str
    column: str
    row: tuple[str, ...]
    bound: Callable[..., bytes] = field(default=place)
    key: str = "id"
    joined: str = ""
    value: str = ""
    assign: str = ""
    at_once: int = 500

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"

    @property
    def read(self) -> str:
        return self.value or f"one.{self.column}"

    @property
    def written(self) -> str:
        return self.assign or f"{self.column} = new.value"

    def place_of(self, row: tuple[Any, ...]) -> bytes:
        return place(self.table, self.column, *row) if self.bound is place else self.bound(*row)


_columns: list[SealedColumn] = []


def register(*columns: SealedColumn) -> None:
    """Called once by the module that encrypts the column."""
    _columns.extend(columns)


def sealed_columns() -> tuple[SealedColumn, ...]:
    return tuple(_columns)

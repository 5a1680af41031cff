"""A list behind a number: the same columns on the page and in the file.

Nobody's name but the client's: a list with the worker's would tell how late, or how often missed, each of them is.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.models import Client
from core.csv_export import Value
from municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list. `client` is None for whom this reader may not see; `beside` is what was read for the row."""

    municipality: Municipality
    row: Any
    client: Client | None
    beside: Any = None


@dataclass(frozen=True, slots=True)
class Cell:
    """`words` on the page, `value` in a file: the same words unless it is a number or a day."""

    words: str
    value: Value = ""
    url: str = ""
    late: bool = False

    @property
    def in_file(self) -> Value:
        return self.words if self.value == "" else self.value


@dataclass(frozen=True, slots=True)
class Column:
    head: str | Promise
    cell: Callable[[Line], Cell]


def nothing_beside(rows: Sequence[Any]) -> dict[int, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class ListShape:
    """The columns of a list, the first of which heads its row.

    `client_of` gives the key of a row's client, `beside` reads what the columns need for all rows in one statement.
    """

    columns: tuple[Column, ...]
    client_of: Callable[[Any], int]
    beside: Callable[[Sequence[Any]], dict[int, Any]] = field(default=nothing_beside)

    def lines(self, rows: Sequence[Any], named: dict[int, Client], municipality: Municipality) -> list[Line]:
        beside = self.beside(rows)
        return [Line(municipality, row, named.get(self.client_of(row)), beside.get(row.pk)) for row in rows]

    def cells(self, line: Line) -> list[tuple[str | Promise, Cell]]:
        return [(column.head, column.cell(line)) for column in self.columns]

    def table(self, lines: Iterable[Line]) -> list[list[tuple[str | Promise, Cell]]]:
        return [self.cells(line) for line in lines]


def choice(kind: type[TextChoices], value: str) -> Cell:
    """What a value is called. Django's own `get_…_display` translates every other value too, for each row."""
    return Cell(str(kind(value).label))


def reference(row: Model) -> Cell:
    """By which a row without a name can be spoken of: the number in the address of its page."""
    return Cell(str(row.pk), row.pk)


def whose(line: Line, url: str) -> Cell:
    return Cell(line.client.name, url=url) if line.client else Cell(_("not shown"))


def counted_days(days: int) -> Cell:
    return Cell(str(days), days, late=True) if days > 0 else Cell("–", 0)

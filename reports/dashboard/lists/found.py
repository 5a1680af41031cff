"""What a list behind a number holds for one reader: all rows of the number are counted, those of restricted clients
are not shown, and names are only those that the reader may see."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from django.db.models import Model, QuerySet

from cases.models import Appointment, Client, Deadline, Matter
from core.csv_export import Value
from municipalities.requests import MunicipalRequest
from reports.dashboard.lists.appointments import APPOINTMENTS
from reports.dashboard.lists.clients import CLIENTS, WAITING_CLIENTS
from reports.dashboard.lists.lines import Line, ListShape
from reports.dashboard.lists.matters import DEADLINES, LATE_MATTERS, MATTERS
from reports.figures.definition import Listing
from reports.figures.keys import RowKey
from reports.figures.question import Question

OF_LISTING: Final[dict[str, ListShape]] = {
    "late": LATE_MATTERS,
    "never_investigated": LATE_MATTERS,
    "no_own_worker": WAITING_CLIENTS,
    "silent": WAITING_CLIENTS,
}
OF_ROWS: Final[dict[type[Model], ListShape]] = {
    Appointment: APPOINTMENTS,
    Client: CLIENTS,
    Deadline: DEADLINES,
    Matter: MATTERS,
}


class FoundRows:
    def __init__(self, request: MunicipalRequest, listing: Listing[Any], key: RowKey, question: Question) -> None:
        self.request = request
        self.counted: QuerySet[Any] = listing.rows(key, question)
        self.rows: QuerySet[Any] = listing.rows(key, question.opening())
        self.shape = OF_LISTING.get(listing.name) or OF_ROWS[self.rows.model]

    @cached_property
    def total(self) -> int:
        """The number."""
        return self.counted.count()

    def lines(self, rows: Sequence[Any]) -> list[Line]:
        return self.shape.lines(rows, self._named(rows), self.request.municipality)

    def file(self) -> tuple[list[Line], list[list[Value]]]:
        """All rows that are shown, and their lines of a file under its heads."""
        lines = self.lines(list(self.rows))
        table: list[list[Value]] = [[cell.in_file for _head, cell in row] for row in self.shape.table(lines)]
        return lines, [[str(column.head) for column in self.shape.columns], *table]

    def _named(self, rows: Sequence[Any]) -> dict[int, Client]:
        """The clients whose names this reader may see; none for a coordinator."""
        ids = [self.shape.client_of(row) for row in rows]
        visible = Client.objects.visible_to(self.request.user, self.request.municipality).filter(pk__in=ids)
        return {client.pk: client for client in visible}


def clients_of(lines: Sequence[Line]) -> list[int]:
    return [line.client.pk for line in lines if line.client]

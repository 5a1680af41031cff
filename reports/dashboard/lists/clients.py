"""Lists of clients: who they are for those who may see them, whose unit's, and since when it is so."""

import datetime
from collections.abc import Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy

from cases.addresses import CLIENT
from cases.models import Case, Client
from core.dates import short_day
from municipalities.models import Unit
from reports.dashboard.lists.lines import Cell, Column, Line, ListShape, reference, whose


def units_of_cases(rows: Sequence[Client]) -> dict[int, Unit]:
    """Of each client the unit of the latest case."""
    cases = Case.objects.filter(client__in=rows).select_related("unit").order_by("opened_at", "pk")
    return {case.client_id: case.unit for case in cases if case.unit}


def _client(line: Line) -> Cell:
    return whose(line, CLIENT.url(line.municipality.code, line.row.pk))


def _unit(line: Line) -> Cell:
    return Cell(line.beside.name if line.beside else "–")


def _since(line: Line) -> datetime.date | None:
    since: Any = getattr(line.row, "since", None)
    return timezone.localdate(since) if isinstance(since, datetime.datetime) else since


def _day(line: Line) -> Cell:
    since = _since(line)
    return Cell(short_day(since), since) if since else Cell("–")


def _days(line: Line) -> Cell:
    since = _since(line)
    days = (timezone.localdate() - since).days if since else 0
    return Cell(str(days), days) if since else Cell("–")


def _client_id(row: Client) -> int:
    return row.pk


WHO: Final = (
    Column(gettext_lazy("Reference"), lambda line: reference(line.row)),
    Column(gettext_lazy("Client"), _client),
    Column(gettext_lazy("Unit"), _unit),
)
CLIENTS: Final = ListShape(WHO, _client_id, units_of_cases)
WAITING_CLIENTS: Final = ListShape(
    (*WHO, Column(gettext_lazy("Since"), _day), Column(gettext_lazy("Days"), _days)), _client_id, units_of_cases
)

"""Lists of appointments."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy

from cases.addresses import CLIENT
from cases.models import MatterKind
from cases.models.appointment import AppointmentState
from core.dates import clock, short_day
from reports.dashboard.lists.lines import Cell, Column, Line, ListShape, choice, reference, whose


def _at(line: Line) -> Cell:
    at = timezone.localtime(line.row.at)
    return Cell(f"{short_day(at.date())} {clock(at)}", at)


def _matter(line: Line) -> Cell:
    return choice(MatterKind, line.row.matter.kind) if line.row.matter else Cell("–")


def _unit(line: Line) -> Cell:
    matter = line.row.matter
    return Cell(matter.unit.name if matter and matter.unit else "–")


APPOINTMENTS: Final = ListShape(
    (
        Column(gettext_lazy("Reference"), lambda line: reference(line.row)),
        Column(gettext_lazy("Appointment"), _at),
        Column(
            gettext_lazy("Client"), lambda line: whose(line, CLIENT.url(line.municipality.code, line.row.client_id))
        ),
        Column(gettext_lazy("Matter"), _matter),
        Column(gettext_lazy("Unit"), _unit),
        Column(gettext_lazy("State"), lambda line: choice(AppointmentState, line.row.state)),
    ),
    lambda row: row.client_id,
)

"""Rows in quarantine as a page shows them: where they stand, what is wrong, what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.models import MatterKind
from core.encryption import DecryptionError
from etotu.faults import row_fault_message
from etotu.field_words import IDENTITY_CODE, field_name, shown_value
from etotu.kinds import MATTER_KINDS
from etotu.loading.originals import unseal
from etotu.models import QuarantineRow, QuarantineState
from etotu.parsing.values import iso_time
from etotu.repair.protected import closed_to, protected_by_its_words
from municipalities.access import Access

COLUMNS = ("tyyppi", IDENTITY_CODE, "luotu")


@dataclass(frozen=True, slots=True)
class Wrong:
    """One error: the field, what stands there, what is wrong or allowed."""

    field: str
    name: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    value: str
    wrong: list[str]


@dataclass(frozen=True, slots=True)
class RowShown:
    row: QuarantineRow
    cells: list[Cell]
    others: list[Wrong]
    state: str | Promise
    closed: bool = False

    @property
    def open(self) -> bool:
        return self.row.state == QuarantineState.OPEN

    @property
    def errors(self) -> int:
        return len(self.row.faults)


def rows_shown(rows: Iterable[QuarantineRow], access: Access | None = None) -> list[RowShown]:
    """To a person of the municipality with this access; without one to the installation admin."""
    found = list(rows)
    closed = protected_by_its_words(found) if access is None else closed_to(access, found)
    return [closed_row(row) if row.pk in closed else row_shown(row) for row in found]


def closed_row(row: QuarantineRow) -> RowShown:
    """Of somebody protected: that it waits is all that is seen."""
    cells = [Cell(field_name(field), _("not shown"), []) for field in COLUMNS]
    return RowShown(row, cells, [], QuarantineState(row.state).label, closed=True)


def row_shown(row: QuarantineRow) -> RowShown:
    """The values come from the encrypted original; when that cannot be read, the errors still do."""
    try:
        values = unseal(row.original, row.batch_id, row.position).values
    except DecryptionError:
        values = {}
    errors = [
        Wrong(
            fault["field"],
            field_name(fault["field"]),
            shown_value(values, fault["field"]),
            row_fault_message(fault["code"], fault["params"]),
        )
        for fault in row.faults
    ]
    cells = [
        Cell(field_name(field), cell_value(row, values, field), [e.message for e in errors if e.field == field])
        for field in COLUMNS
    ]
    others = [error for error in errors if error.field not in COLUMNS]
    return RowShown(row, cells, others, QuarantineState(row.state).label)


def cell_value(row: QuarantineRow, values: dict[str, object], field: str) -> str:
    if field == "tyyppi" and row.kind in MATTER_KINDS:
        return str(MatterKind(MATTER_KINDS[row.kind]).label)
    text = shown_value(values, field) if values else _("not shown")
    moment = iso_time(text) if field == "luotu" else None
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else text

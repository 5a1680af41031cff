"""The two types of notice that the brief compares: need for social work and reduced basic amount."""

from dataclasses import replace
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cases.models import MatterKind
from core.figures import Figure
from reports.figures.attendance.by_type import AttendanceKey

ENOUGH: Final = 5
"""Appointments of each, for a sentence about their shares to mean anything (ours)."""
COMPARED: Final = (AttendanceKey(MatterKind.SOCIAL_WORK_NEED), AttendanceKey(MatterKind.REDUCED_AMOUNT))


def compared(figure: Figure[AttendanceKey]) -> Figure[AttendanceKey]:
    """Of the figure by type, the two."""
    return replace(figure, rows=tuple(row for row in figure.rows if row.key in COMPARED), total=None)


def comparison_words(figure: Figure[AttendanceKey]) -> str:
    """What the figure by type says of the two, or why it says nothing."""
    by_key = {row.key: row for row in figure.rows}
    need, reduced = (by_key[key] for key in COMPARED)
    shares = (need.percent, reduced.percent)
    if None in shares or min(need.base or 0, reduced.base or 0) < ENOUGH:
        return _("There are too few appointments to compare the two.")
    difference = round((need.percent or 0) - (reduced.percent or 0), 1)
    if not difference:
        return _("In these appointments the share is the same for both.")
    words = (
        _("In these appointments the share is %(points)s percentage points larger for need of social work.")
        if difference > 0
        else _("In these appointments the share is %(points)s percentage points larger for the reduced basic amount.")
    )
    return words % {"points": number_format(abs(difference), 1)}

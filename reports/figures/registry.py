"""The figures of a municipality, and all that opens rows, by the names that addresses and the command know."""

from typing import Any, Final

from reports.figures.attendance.by_age import ATTENDANCE_BY_AGE
from reports.figures.attendance.by_type import ATTENDANCE
from reports.figures.deadlines_kept import DEADLINES_KEPT
from reports.figures.definition import FigureDefinition, Listing
from reports.figures.goals.clients import ALL_GOALS, MAIN_GOALS
from reports.figures.notices.answers import ANSWERS, ANSWERS_BY_TYPE
from reports.figures.notices.by_type import NOTICES_BY_TYPE
from reports.figures.notices.never_investigated import NEVER_INVESTIGATED
from reports.figures.open_matters import OPEN_MATTERS
from reports.figures.pace.contacts import FIRST_CONTACT, FIRST_REACHED
from reports.figures.pace.decision_delay import DECISION_DELAY
from reports.figures.pace.reach import REACH
from reports.figures.waiting.answer import Waiting
from reports.figures.waiting.clients import NO_OWN_WORKER, SILENT
from reports.figures.waiting.matters import HELD, LATE

_FIGURES: Final[tuple[FigureDefinition[Any], ...]] = (
    NOTICES_BY_TYPE,
    ANSWERS,
    ANSWERS_BY_TYPE,
    DECISION_DELAY,
    FIRST_CONTACT,
    FIRST_REACHED,
    NEVER_INVESTIGATED,
    REACH,
    ATTENDANCE,
    ATTENDANCE_BY_AGE,
    OPEN_MATTERS,
    DEADLINES_KEPT,
    MAIN_GOALS,
    ALL_GOALS,
)
FOUR_QUESTIONS: Final[tuple[Waiting[Any], ...]] = (NO_OWN_WORKER, SILENT, LATE, HELD)

FIGURES: Final[dict[str, FigureDefinition[Any]]] = {figure.name: figure for figure in _FIGURES}
LISTINGS: Final[dict[str, Listing[Any]]] = {listing.name: listing for listing in (*_FIGURES, *FOUR_QUESTIONS)}

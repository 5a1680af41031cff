"""What the daily flows measure, and the details by which each measure is told apart."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.models.appointment import AppointmentState
from reports.flows.ages import AgeGroup
from reports.models import Flow

YES: Final = "yes"
NOT_YET: Final = "none"
"""In place of a number of days, of what has not happened or tells no day."""


class Measure(StrEnum):
    NOTICES = "notices"
    URGENT = "urgent"
    TRIED = "tried"
    REACHED = "reached"
    DECISION = "decision"
    DEADLINES = "deadlines"
    ATTENDANCE = "attendance"

    @property
    def flow(self) -> Flow:
        return {Measure.DEADLINES: Flow.DUE, Measure.ATTENDANCE: Flow.MET}.get(self, Flow.ARRIVED)


class Ended(StrEnum):
    """How a deadline ended: on or before its shown day, after it but within the outer limit, or later or not at all."""

    KEPT = "kept"
    WITHIN = "within"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Attended:
    """The detail of an appointment: the client's age on its day, and what became of it."""

    age: AgeGroup
    state: AppointmentState

    def __str__(self) -> str:
        return f"{self.age.value}.{self.state.value}"

    @staticmethod
    def in_sql(age: str, state: str) -> str:
        """The same text made of two expressions."""
        return f"{age} || '.' || {state}"

    @staticmethod
    def read(detail: str) -> "Attended":
        return _ATTENDED[detail]


_ATTENDED: Final = {str(one): one for one in (Attended(age, state) for age in AgeGroup for state in AppointmentState)}

"""Which acts do which duty (`domain.md`, What meets a deadline): a contact alone never does."""

import datetime
from typing import Final

from cases.models import ActKind
from cases.models.deadline import Duty

ASSESSMENT_WILL_DO: Final = datetime.date(2023, 1, 1)
"""From this day on (toimeentulotukilaki 10 a §) a reduced basic amount asks for an assessment, a plan when needed."""

_ASSESSED: Final = (
    ActKind.ASSESSMENT_BEGUN,
    ActKind.ASSESSMENT_BOOKED,
    ActKind.ASSESSMENT_UNNEEDED,
    ActKind.ASSESSMENT_FINISHED,
)
_MEETS: Final[dict[str, tuple[ActKind, ...]]] = {
    Duty.DISCUSS: (ActKind.DISCUSSION_HELD,),
    Duty.PLAN: (ActKind.PLAN_MADE, ActKind.MULTISECTOR_PLAN),
    Duty.ASSESS: _ASSESSED,
    Duty.ASSESS_URGENT: _ASSESSED,
    Duty.ACTIVATE: (ActKind.PLAN_BEGUN, ActKind.PLAN_BOOKED, ActKind.PLAN_MADE, ActKind.MULTISECTOR_PLAN),
    Duty.INTEGRATE: (
        ActKind.ASSESSMENT_BEGUN,
        ActKind.ASSESSMENT_BOOKED,
        ActKind.ASSESSMENT_FINISHED,
        ActKind.INTEGRATION_JOINED,
    ),
}
_REDUCTION_SINCE: Final = (
    ActKind.ASSESSMENT_BEGUN,
    ActKind.ASSESSMENT_BOOKED,
    ActKind.ASSESSMENT_FINISHED,
    *_MEETS[Duty.PLAN],
)


def meeting(duty: str, since: datetime.date) -> tuple[ActKind, ...]:
    """The acts that do a duty whose count began on `since`, the most usual first; none decides an application."""
    if duty == Duty.PLAN and since >= ASSESSMENT_WILL_DO:
        return _REDUCTION_SINCE
    return _MEETS.get(duty, ())

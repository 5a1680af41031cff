"""What was done at the contacts and closings: recorded right after them, as careful workers do."""

import datetime
from typing import Final

from django.utils import timezone

from cases.deadlines.meeting import meeting
from cases.models import Act, ActKind, Contact, Matter
from cases.models.act import BOOKED
from cases.models.contact import Channel
from cases.models.deadline import Duty
from cases.models.matter import Outcome
from demo.course import Deed

AFTERWARDS: Final = datetime.timedelta(minutes=2)
FACE_TO_FACE: Final = frozenset({Channel.MEETING, Channel.VISIT, Channel.CALL})
FINISHED: Final = {Outcome.PLAN_MADE: ActKind.PLAN_MADE, Outcome.ASSESSMENT_MADE: ActKind.ASSESSMENT_FINISHED}
FORGETS: Final = 11
"""In one matter of so many the client was reached and nothing was begun: the duty runs on."""


def with_acts(matter: Matter, deeds: list[Deed]) -> list[Deed]:
    """The deeds, and beside them the acts: what each duty waits for when the client is reached, what was finished."""
    done: list[Deed] = []
    waiting = {deadline.duty: deadline.counted_from for deadline in matter.deadlines.all()}
    if matter.pk % FORGETS == 0:
        waiting = {}
    for deed in deeds:
        if deed.kind == "matter.closed" and (kind := FINISHED.get(Outcome(deed.data["outcome"]))):
            done.append(acted(matter, deed, kind, deed.at - AFTERWARDS))
        done.append(deed)
        for duty, since in list(waiting.items()):
            if deed.contact and fits(deed.contact, duty):
                kind = next((one for one in meeting(duty, since) if one not in BOOKED), None)
                if kind:
                    done.append(acted(matter, deed, kind, deed.at + AFTERWARDS))
                    del waiting[duty]
    return done


def fits(contact: Contact, duty: str) -> bool:
    """Whether the duty was begun at this contact; a plan is made at the end."""
    if not contact.reached or duty == Duty.PLAN:
        return False
    return duty != Duty.DISCUSS or contact.channel in FACE_TO_FACE


def acted(matter: Matter, beside: Deed, kind: ActKind, at: datetime.datetime) -> Deed:
    how = str(beside.contact.channel) if beside.contact else ""
    day = timezone.localdate(at)
    act = Act(
        municipality_id=matter.municipality_id,
        client_id=matter.client_id,
        matter=matter,
        kind=kind,
        day=day,
        how=how,
        by=beside.actor,
        recorded_at=at,
    )
    data = {"act_kind": kind.value, "day": day.isoformat()} | ({"how": how} if how else {})
    return Deed(at, "act.recorded", beside.actor, data, act=act)

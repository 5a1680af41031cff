"""Which acts can be recorded of a matter, and which of them its duty waits for."""

from cases.deadlines.meeting import meeting
from cases.matters.file import MatterFile
from cases.models import ActKind, Deadline, MatterKind
from cases.models.act import BOOKED

BY_LAW_ONLY_OF = {ActKind.INTEGRATION_JOINED: MatterKind.IMMIGRANT}


def first_unmet(file: MatterFile) -> Deadline | None:
    """The earliest duty that an act can do and that nothing has done yet."""
    if not file.matter.is_open:
        return None
    unmet = (one for one in file.deadlines if one.met_on is None and meeting(one.duty, one.counted_from))
    return next(unmet, None)


def wanted(file: MatterFile) -> tuple[ActKind, ...]:
    """The acts that the earliest such duty waits for, the most usual first."""
    deadline = first_unmet(file)
    return meeting(deadline.duty, deadline.counted_from) if deadline else ()


def wanted_now(file: MatterFile) -> ActKind | None:
    """What can be done while one is with the client: no booking."""
    return next((kind for kind in wanted(file) if kind not in BOOKED), None)


def wanted_booking(file: MatterFile) -> ActKind | None:
    """What a time could be offered for."""
    return next((kind for kind in wanted(file) if kind in BOOKED), None)


def kinds_for(file: MatterFile) -> list[ActKind]:
    """Those that can be recorded, the wanted ones first; a booking needs a time that is offered."""
    first = list(wanted(file))
    rest = [kind for kind in ActKind if kind not in first]
    possible = (kind for kind in [*first, *rest] if BY_LAW_ONLY_OF.get(kind) in (None, file.matter.kind))
    return [kind for kind in possible if kind not in BOOKED or file.offered_time is not None]

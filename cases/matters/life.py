"""The life of a matter, from opening to closing. Each verb is one transaction and one event."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.deadlines.rules import NewDeadline, deadlines_for, over_75
from cases.deadlines.settling import settle_deadlines
from cases.matters import rules
from cases.matters.changing import changing
from cases.matters.closing import acknowledge_change, close, reopen
from cases.matters.desks import give, has_casework, sees
from cases.matters.rules import require
from cases.models import Client, Deadline, Matter, MatterState
from cases.models.matter import WAITING, MatterSource
from cases.timeline.events import record_event
from core.day_limits import check_day
from core.saving import NotPossible
from municipalities.access import access_of
from municipalities.models import LocalSettings, Municipality, Unit

__all__ = [
    "acknowledge_change",
    "assign",
    "close",
    "deadline_rows",
    "hand_over",
    "mark_seen",
    "open_matter",
    "reopen",
    "resume",
    "set_waiting",
    "settle_deadlines",
    "take",
    "undo_take",
]


@transaction.atomic
def open_matter(
    actor: User | None,
    municipality: Municipality,
    client: Client,
    *,
    kind: str,
    source: str,
    arrived: datetime.date,
    urgent: bool = False,
    summary: str = "",
    description: str = "",
    wants_discussion: bool = False,
    requested_on: datetime.date | None = None,
    created_on: datetime.date | None = None,
    unit: Unit | None = None,
) -> Matter:
    """Open a matter by hand, with the deadlines that its kind brings."""
    check_day(arrived, field="arrived")
    if arrived > timezone.localdate():
        raise NotPossible(_("The day of arrival cannot be in the future."), "arrived")
    if requested_on:
        check_day(requested_on, field="requested_on")
    if requested_on and requested_on > timezone.localdate():
        raise NotPossible(_("The day of the request cannot be in the future."), "requested_on")
    found = deadlines_for(
        kind,
        arrived,
        urgent=urgent,
        over_75=over_75(client.birth_date, arrived),
        wants_discussion=wants_discussion,
        requested_on=requested_on,
        created_on=created_on,
        reading=LocalSettings.objects.of(municipality).reading,
    )
    matter = Matter.objects.create(
        municipality=municipality,
        client=client,
        kind=kind,
        source=source,
        arrived=arrived,
        urgent=urgent,
        summary=summary,
        description=description,
        unit=unit,
        created_by=actor,
        due=min(one.due for one in found),
    )
    Deadline.objects.bulk_create(deadline_rows(matter, found))
    settle_deadlines(matter)
    # what another municipality sends through the program tells itself (`transfers`)
    if actor is not None or source != MatterSource.TRANSFER:
        record_event("matter.opened", client=client, actor=actor, matter=matter, kind=kind, source=source)
    return matter


def deadline_rows(matter: Matter, found: Iterable[NewDeadline]) -> list[Deadline]:
    """The counted deadlines as rows of the matter, unsaved."""
    return [
        Deadline(
            municipality_id=matter.municipality_id,
            matter=matter,
            duty=new.duty,
            counted_from=new.counted_from,
            counted_from_what=new.counted_from_what,
            working_days=new.working_days,
            due=new.due,
            outer=new.outer,
            local=new.local,
        )
        for new in found
    ]


def take(actor: User, matter: Matter, *, version: int | None = None) -> None:
    """Take a free matter, or begin one that was given to me."""
    with changing(matter, version) as file:
        require(rules.TAKE, actor, file)
        record_event(
            rules.TAKEN,
            client=matter.client,
            actor=actor,
            matter=matter,
            given=matter.assignee_id,
            held=matter.held_since.isoformat() if matter.held_since else "",
        )
        give(matter, actor)
        matter.seen_by_assignee = True
        if matter.state == MatterState.NEW:
            matter.state = MatterState.IN_PROGRESS


def undo_take(actor: User, matter: Matter) -> None:
    """Give a matter that one has just taken back to where it was."""
    with changing(matter) as file:
        require(rules.UNDO_TAKE, actor, file)
        taken = file.last_deed.data if file.last_deed else {}
        matter.state = MatterState.NEW
        if not taken.get("given"):
            matter.assignee = None
            matter.assigned_at = None
        if taken.get("held") and rules.can_wait(matter):
            matter.held_since = datetime.date.fromisoformat(taken["held"])
        record_event("matter.take_undone", client=matter.client, actor=actor, matter=matter)


def hand_over(actor: User, matter: Matter, to: User, note: str = "", *, version: int | None = None) -> None:
    """Give an own or a free matter to a colleague; a supervisor may give any."""
    _pass_on("matter.handed_over", matter, actor, to, note, version)


def assign(actor: User, matter: Matter, to: User, note: str = "", *, version: int | None = None) -> None:
    """A supervisor decides whose work the matter is."""
    if not access_of(actor, matter.municipality_id).all_units:
        raise NotPossible(_("Only a supervisor assigns the matters of others."))
    _pass_on("matter.assigned", matter, actor, to, note, version)


def mark_seen(actor: User, matter: Matter) -> None:
    """The one to whom the matter was given has opened it. No change of the matter: no version, no event."""
    Matter.objects.filter(pk=matter.pk, assignee=actor, seen_by_assignee=False).update(seen_by_assignee=True)


def set_waiting(
    actor: User, matter: Matter, state: str, until: datetime.date, reason: str = "", *, version: int | None = None
) -> None:
    """Wait for the client or for information until a day; the deadlines run on."""
    with changing(matter, version) as file:
        require(rules.WAIT, actor, file)
        if state not in WAITING:
            raise NotPossible(_("Choose what is waited for."), "state")
        check_day(until, field="until")
        if until <= timezone.localdate():
            raise NotPossible(_("Choose a day after today."), "until")
        matter.state = state
        matter.waiting_until = until
        matter.seen_by_assignee = matter.seen_by_assignee or matter.assignee_id == actor.pk
        record_event(
            "matter.waiting",
            client=matter.client,
            actor=actor,
            matter=matter,
            state=str(state),
            until=until.isoformat(),
            reason=reason,
        )


def resume(actor: User, matter: Matter, *, version: int | None = None) -> None:
    """What was waited for came, or will not come."""
    with changing(matter, version) as file:
        require(rules.RESUME, actor, file)
        matter.state = MatterState.IN_PROGRESS
        matter.waiting_until = None
        record_event("matter.resumed", client=matter.client, actor=actor, matter=matter)


def _pass_on(kind: str, matter: Matter, actor: User, to: User, note: str, version: int | None) -> None:
    with changing(matter, version) as file:
        require(rules.PASS_ON, actor, file)
        if to.pk == matter.assignee_id:
            raise NotPossible(_("The matter is with %(name)s already.") % {"name": to.name}, "to")
        if not to.is_active or not has_casework(to, matter.municipality_id):
            raise NotPossible(_("%(name)s does no casework in this municipality.") % {"name": to.name}, "to")
        before = matter.assignee_id
        give(matter, to)
        matter.seen_by_assignee = to.pk == actor.pk
        matter.save(update_fields=["assignee", "unit"])
        if not sees(matter, to):
            raise NotPossible(_("%(name)s may not see this client. Ask your supervisor.") % {"name": to.name}, "to")
        record_event(
            kind,
            client=matter.client,
            actor=actor,
            matter=matter,
            to=to.pk,
            before=before,
            unit=matter.unit_id,
            reason=note.strip(),
        )

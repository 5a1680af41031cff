"""The life of a matter, from opening to closing. Each verb is one transaction and one event."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.deadlines.rules import NewDeadline, deadlines_for, over_75
from cases.deadlines.settling import settle_deadlines
from cases.holds.verbs import can_wait
from cases.matters.changing import changing
from cases.matters.closing import acknowledge_change, close, reopen
from cases.matters.desks import give, has_casework, must_be_open, must_decide, sees
from cases.matters.moving import must_not_be_moving
from cases.models import Client, Deadline, Event, Matter, MatterState
from cases.models.matter import WAITING, MatterSource
from cases.timeline.events import record_event
from core.saving import NotPossible
from municipalities.access import access_of
from municipalities.models import LocalSettings, Municipality, Unit

__all__ = [
    "acknowledge_change",
    "assign",
    "can_undo_take",
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
    if arrived > timezone.localdate():
        raise NotPossible(_("The day of arrival cannot be in the future."), "arrived")
    if requested_on and requested_on > timezone.localdate():
        raise NotPossible(_("The day of the request cannot be in the future."), "requested_on")
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
    )
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
    with changing(matter, version):
        must_be_open(matter)
        if matter.assignee_id == actor.pk and matter.state != MatterState.NEW:
            raise NotPossible(_("The matter is already yours."))
        if matter.assignee_id not in (None, actor.pk):
            raise NotPossible(_("%(name)s has already taken the matter.") % {"name": matter.assignee})
        record_event(
            "matter.taken",
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


def can_undo_take(actor: User, matter: Matter) -> bool:
    """Whether the last thing that a person did to the matter was this person's taking it."""
    if matter.assignee_id != actor.pk or matter.state != MatterState.IN_PROGRESS:
        return False
    return _last_deed(matter) is not None


def undo_take(actor: User, matter: Matter) -> None:
    """Give a matter that one has just taken back to where it was."""
    with changing(matter):
        deed = _last_deed(matter)
        if not can_undo_take(actor, matter) or deed is None or deed.actor_id != actor.pk:
            raise NotPossible(_("Taking can be undone only while the matter is yours and nothing has been done since."))
        matter.state = MatterState.NEW
        if not deed.data.get("given"):
            matter.assignee = None
            matter.assigned_at = None
        if deed.data.get("held") and can_wait(matter):
            matter.held_since = datetime.date.fromisoformat(deed.data["held"])
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
    with changing(matter, version):
        must_be_open(matter)
        must_not_be_moving(matter)
        must_decide(actor, matter)
        if matter.assignee_id is None:
            raise NotPossible(_("Take the matter first: somebody has to follow up what is waited for."))
        if state not in WAITING:
            raise NotPossible(_("Choose what is waited for."), "state")
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
    with changing(matter, version):
        must_decide(actor, matter)
        if matter.state not in WAITING:
            raise NotPossible(_("The matter is not waiting for anything."))
        matter.state = MatterState.IN_PROGRESS
        matter.waiting_until = None
        record_event("matter.resumed", client=matter.client, actor=actor, matter=matter)


def _pass_on(kind: str, matter: Matter, actor: User, to: User, note: str, version: int | None) -> None:
    with changing(matter, version):
        must_be_open(matter)
        must_decide(actor, matter)
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


def _last_deed(matter: Matter) -> Event | None:
    """The taking of the matter, if people have done nothing to it since."""
    deed = Event.objects.filter(matter=matter, actor__isnull=False).order_by("-pk").first()
    return deed if deed and deed.kind == "matter.taken" else None

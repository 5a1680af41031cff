"""Storing what was done: deeds become events, contacts, and the state of their matters, as the services leave them."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Model
from django.utils import timezone

from cases.deadlines.attempts import attempts_of
from cases.deadlines.next_date import default_day, next_of
from cases.deadlines.settling import facts_of, met_on
from cases.models import AccessLog, Act, Contact, Event, Matter, MatterState
from cases.models.access_log import Looked
from demo.acts import with_acts
from demo.course import Course, Deed
from demo.reaching import first_times, leave_unmarked, store_letters, store_times
from municipalities.models import LocalSettings

LOOKED_BEFORE = datetime.timedelta(minutes=4)
CHANGED = (
    "assignee", "assigned_at", "seen_by_assignee", "unit", "state", "waiting_until", "due", "remind_on", "time_on",
    "outcome", "closed_at", "closed_by", "attempts", "last_contact_at", "routed", "version",
)  # fmt: skip


def store_courses(courses: Sequence[Course], now: datetime.datetime, new_from: datetime.date) -> None:
    """What happened by `now`, not what would come later. What was given since `new_from` is new to its worker."""
    leave_unmarked(courses, now)
    past = [(course.matter, [deed for deed in course.deeds if deed.at <= now]) for course in courses]
    done = [(matter, [deed for deed in with_acts(matter, deeds) if deed.at <= now]) for matter, deeds in past]
    store_contacts(deed for _, deeds in done for deed in deeds)
    store_acts(deed for _, deeds in done for deed in deeds)
    for matter, deeds in done:
        replay(matter, deeds, new_from)
    settle(done, first_times(courses, now), timezone.localdate(now))
    overwrite([matter for matter, _ in done], CHANGED)
    store_times(courses, now)
    store_letters(courses, now)
    store_events((matter, deed) for matter, deeds in done for deed in deeds)


def replay(matter: Matter, deeds: list[Deed], new_from: datetime.date) -> None:
    """The fields of the matter after its deeds."""
    if matter.assignee_id and not deeds:
        matter.seen_by_assignee = matter.arrived < new_from
    for deed in deeds:
        matter.version += 1
        match deed.kind:
            case "matter.taken":
                matter.assignee, matter.assigned_at, matter.state = deed.actor, deed.at, MatterState.IN_PROGRESS
                matter.seen_by_assignee = True
            case "matter.assigned" | "matter.handed_over":
                matter.assignee_id, matter.assigned_at = deed.data["to"], deed.at
                matter.seen_by_assignee = timezone.localdate(deed.at) < new_from
            case "matter.waiting":
                matter.state = MatterState(deed.data["state"])
                matter.waiting_until = datetime.date.fromisoformat(deed.data["until"])
            case "matter.resumed":
                matter.state, matter.waiting_until = MatterState.IN_PROGRESS, None
            case "matter.closed":
                matter.state, matter.waiting_until, matter.outcome = MatterState.CLOSED, None, deed.data["outcome"]
                matter.closed_at, matter.closed_by = deed.at, deed.actor
            case "contact.recorded" | "appointment.offered":
                matter.seen_by_assignee = True
                if matter.state == MatterState.NEW:
                    matter.state = MatterState.IN_PROGRESS


def settle(done: Iterable[tuple[Matter, list[Deed]]], times: Mapping[int, datetime.date], today: datetime.date) -> None:
    """Deadlines met, attempts and last contact, from the facts as in `cases.deadlines.settling`."""
    met = []
    for matter, deeds in done:
        contacts = [deed.contact for deed in deeds if deed.contact]
        facts = facts_of(matter, [deed.act for deed in deeds if deed.act], ())
        unmet = []
        for deadline in matter.deadlines.all():
            deadline.met_on = met_on(deadline.duty, facts, deadline.counted_from)
            met += [deadline] if deadline.met_on else []
            unmet += [] if deadline.met_on else [deadline.due]
        matter.due = min(unmet, default=None) if matter.is_open else None
        matter.time_on = times.get(matter.pk) if matter.is_open else None
        if matter.is_open and next_of(matter) is None:
            matter.remind_on = return_day(matter, deeds, today)
        matter.attempts = len(attempts_of(contacts))
        matter.last_contact_at = contacts[-1].at if contacts else None
    overwrite(met, ["met_on"])


def return_day(matter: Matter, deeds: list[Deed], today: datetime.date) -> datetime.date:
    """By the default, from what was done last; one that has passed comes back today."""
    last = timezone.localdate(deeds[-1].at) if deeds else matter.arrived
    return max(default_day(LocalSettings(), urgent=matter.urgent, today=last), today)


def overwrite(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Update stored rows. As `bulk_update`, which takes most of the demo's time for so many rows and fields."""
    if rows:
        manager = type(rows[0])._default_manager
        manager.bulk_create(rows, 500, update_conflicts=True, unique_fields=["id"], update_fields=fields)


def store_acts(deeds: Iterable[Deed]) -> None:
    with_act = [deed for deed in deeds if deed.act]
    acts = Act.objects.bulk_create((deed.act for deed in with_act if deed.act), batch_size=1000)
    for deed, act in zip(with_act, acts, strict=True):
        deed.data["act"] = act.pk


def store_contacts(deeds: Iterable[Deed]) -> None:
    """The contacts, and in the access log that their maker had opened the client first."""
    with_contact = [deed for deed in deeds if deed.contact]
    contacts = Contact.objects.bulk_create((deed.contact for deed in with_contact if deed.contact), batch_size=1000)
    for deed, contact in zip(with_contact, contacts, strict=True):
        deed.data["contact"] = contact.pk
    AccessLog.objects.bulk_create(
        (
            AccessLog(
                municipality_id=contact.municipality_id,
                user=contact.by,
                at=contact.at - LOOKED_BEFORE,
                action=Looked.OPENED,
                page="client",
                client_ids=[contact.client_id],
            )
            for contact in contacts
        ),
        batch_size=1000,
    )


def store_events(deeds: Iterable[tuple[Matter, Deed]]) -> None:
    """In the order of time, which is that of their keys too."""
    Event.objects.bulk_create(
        (
            Event(
                municipality_id=matter.municipality_id,
                client_id=matter.client_id,
                matter=matter,
                kind=deed.kind,
                actor=deed.actor,
                at=deed.at,
                data=deed.data,
            )
            for matter, deed in sorted(deeds, key=lambda pair: pair[1].at)
        ),
        batch_size=1000,
    )

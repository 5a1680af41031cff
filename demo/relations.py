"""What ties people to clients: cases, own workers, how the contact goes on, restriction and turvakielto."""

import datetime
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from accounts.models import User
from cases.models import Case, Client, Contact, ContactDetail, Event, OwnWorker, RestrictedAccess
from cases.models.contact import Channel, ContactOutcome
from cases.models.contact_detail import DetailKind, DetailSource
from demo.accounts import Staff
from demo.by_hand import event
from demo.calendar import later, office_hour
from demo.course import Course, Deed, contacted
from demo.records import store_contacts
from demo.scale import KUOPIO, TAMPERE
from demo.words import pick

# what a case brings with it is recorded within this time
SETTLED = datetime.timedelta(hours=1)
WITHOUT_OWN_WORKER, FALLS_SILENT, TOLD_A_NUMBER = 0.1, 0.14, 0.3
RESTRICTED = {KUOPIO: 1, TAMPERE: 1}
PROTECTED = {KUOPIO: 2, TAMPERE: 2}


@dataclass(slots=True)
class Relation:
    """A case of the demo, with the days on which the client was met or reached since."""

    client: Client
    worker: User
    opened_at: datetime.datetime
    course: Course
    topic: str
    met: list[datetime.datetime] = field(default_factory=list)
    silent: bool = False


def open_cases(courses: list[Course], now: datetime.datetime, random: Random) -> list[Relation]:
    """Cases, own workers and the contacts that followed; a client has one case, whichever matter was first."""
    found = [
        Relation(course.matter.client, course.worker, course.case_at, course, course.topic)
        for course in courses
        if course.case_at and course.case_at + SETTLED <= now
    ]
    found.sort(key=lambda one: one.opened_at, reverse=True)
    relations = list({one.client.pk: one for one in found}.values())
    relations.reverse()
    store_cases(relations)
    store_own_workers([one for one in relations if random.random() > WITHOUT_OWN_WORKER])
    follow_up(relations, now, random)
    return relations


def store_cases(relations: list[Relation]) -> None:
    Case.objects.bulk_create(
        Case(
            municipality_id=one.client.municipality_id,
            client=one.client,
            unit=one.course.matter.unit,
            opened_at=one.opened_at,
            opened_by=one.worker,
        )
        for one in relations
    )
    Event.objects.bulk_create(case_event(one) for one in relations)


def case_event(one: Relation) -> Event:
    opened = event(one.client, one.worker, "case.opened", one.opened_at)
    opened.matter = one.course.matter
    return opened


def store_own_workers(relations: list[Relation]) -> None:
    OwnWorker.objects.bulk_create(
        OwnWorker(
            municipality_id=one.client.municipality_id,
            client=one.client,
            user=one.worker,
            started=timezone.localdate(one.opened_at),
            assigned_by=one.worker,
        )
        for one in relations
    )
    moment = datetime.timedelta(minutes=2)
    events = [event(one.client, one.worker, "own_worker.assigned", one.opened_at + moment) for one in relations]
    for row, one in zip(events, relations, strict=True):
        row.data = {"user": one.worker.pk}
    Event.objects.bulk_create(events)


def follow_up(relations: list[Relation], now: datetime.datetime, random: Random) -> None:
    """Meetings and calls of the cases every other week or so; some fall silent."""
    deeds: list[Deed] = []
    for one in relations:
        one.silent = random.random() < FALLS_SILENT
        day = timezone.localdate(one.opened_at)
        while not one.silent:
            day = later(day, random.randint(6, 16))
            contact = follow_up_contact(one, office_hour(day, random), random)
            if contact.at > now:
                break
            if contact.reached:
                one.met.append(contact.at)
            deeds.append(contacted(contact))
    store_contacts(deeds)
    deeds.sort(key=lambda deed: deed.at)
    Event.objects.bulk_create(contact_event(deed.contact, deed) for deed in deeds if deed.contact)


FOLLOW_UPS = (
    (Channel.CALL, ContactOutcome.REACHED, "follow_up", 40),
    (Channel.MEETING, ContactOutcome.REACHED, "meeting", 30),
    (Channel.MEETING, ContactOutcome.DID_NOT_COME, "did_not_come", 8),
    (Channel.CALL, ContactOutcome.NO_ANSWER, "no_answer", 10),
    (Channel.MESSAGE, ContactOutcome.REACHED, "message_answer", 7),
    (Channel.VISIT, ContactOutcome.REACHED, "home_visit", 5),
)


def follow_up_contact(one: Relation, at: datetime.datetime, random: Random) -> Contact:
    channel, outcome, words, _ = random.choices(FOLLOW_UPS, [share for *_, share in FOLLOW_UPS])[0]
    said = outcome == ContactOutcome.REACHED and random.random() < 0.45
    return Contact(
        municipality_id=one.client.municipality_id,
        client=one.client,
        channel=channel,
        outcome=outcome,
        at=at,
        text=pick(random, words),
        client_words=pick(random, f"client.{one.topic}", one.client.language) if said else "",
        by=one.worker,
        recorded_at=at,
    )


def contact_event(contact: Contact, deed: Deed) -> Event:
    told = event(contact.client, deed.actor, deed.kind, deed.at)
    told.data = deed.data
    return told


def protect(code: int, relations: list[Relation], staff: Staff, random: Random) -> None:
    """Turvakielto for some, and a restriction to named people for one client of the larger towns."""
    chosen = random.sample(relations, min(len(relations), PROTECTED.get(code, 0) + RESTRICTED.get(code, 0)))
    for one in chosen[: PROTECTED.get(code, 0)]:
        one.client.non_disclosure = True
        one.client.version += 1
        Event.objects.bulk_create([event(one.client, one.worker, "client.non_disclosure_set", one.opened_at)])
    for one in chosen[PROTECTED.get(code, 0) :]:
        restrict(one, staff.supervisor or one.worker)
    Client.objects.bulk_update([one.client for one in chosen], ["non_disclosure", "restricted", "version"])


def restrict(one: Relation, supervisor: User) -> None:
    """Named are the supervisor and the client's own worker."""
    one.client.restricted = True
    one.client.version += 1
    at = one.opened_at + SETTLED / 2
    named = [supervisor, one.worker] if supervisor != one.worker else [supervisor]
    RestrictedAccess.objects.bulk_create(
        RestrictedAccess(
            municipality_id=one.client.municipality_id, client=one.client, user=user, named_by=supervisor, named_at=at
        )
        for user in named
    )
    events = [event(one.client, supervisor, "client.restricted", at)]
    for user in named:
        events.append(event(one.client, supervisor, "client.person_named", at))
        events[-1].data = {"user": user.pk}
    Event.objects.bulk_create(events)


def tell_numbers(relations: list[Relation], random: Random) -> None:
    """Phone numbers and e-mail addresses that clients have told here."""
    told = [one for one in relations if random.random() < TOLD_A_NUMBER]
    details, events = [], []
    for n, one in enumerate(told):
        kind = DetailKind.EMAIL if n % 5 == 4 else DetailKind.PHONE
        details.append(
            ContactDetail(
                municipality_id=one.client.municipality_id,
                client=one.client,
                kind=kind,
                source=DetailSource.HERE,
                value=f"asiakas{n}@posti.example"
                if kind == DetailKind.EMAIL
                else f"040 000 {n // 100:02d} {n % 100:02d}",
                known_on=timezone.localdate(one.opened_at),
                entered_by=one.worker,
                entered_at=one.opened_at,
            )
        )
        events.append(event(one.client, one.worker, "client.detail_set", one.opened_at))
        events[-1].data = {"detail": kind.value, "first": True}
    ContactDetail.objects.bulk_create(details)
    Event.objects.bulk_create(events)

"""Matters that did not come from Kela: calls, visits, papers, colleagues."""

import datetime
from dataclasses import dataclass
from random import Random
from typing import Final

from accounts.models import User
from cases.clients.registering import give_identity_code, give_name, name_tokens
from cases.deadlines.rules import deadlines_for, over_75
from cases.matters.life import deadline_rows
from cases.models import Client, Deadline, Event, Matter, MatterKind, NameToken
from cases.models.matter import MatterSource
from core.identity_code import parse
from demo.accounts import Person, Staff
from demo.calendar import office_hour
from demo.words import pick
from etotu.generator.people import People

SEED = 997
ONE_IN = 10  # one beside so many notices
NEW_CLIENT, WITHOUT_CODE = 0.45, 0.1
KINDS: Final = (
    (MatterKind.CONTACT, MatterSource.PHONE, "hand.contact"),
    (MatterKind.CONTACT, MatterSource.PHONE, "hand.contact"),
    (MatterKind.CONTACT, MatterSource.VISIT, "hand.contact"),
    (MatterKind.CONTACT, MatterSource.COLLEAGUE, "hand.contact"),
    (MatterKind.APPLICATION, MatterSource.PAPER, "hand.application"),
    (MatterKind.APPLICATION, MatterSource.PAPER, "hand.application"),
    (MatterKind.SOCIAL_WORK_NEED, MatterSource.COLLEAGUE, "hand.need"),
    (MatterKind.SOCIAL_WORK_NEED, MatterSource.OWN_INITIATIVE, "hand.need"),
    (MatterKind.DISCUSSION, MatterSource.PHONE, "hand.discussion"),
    (MatterKind.DISCUSSION, MatterSource.VISIT, "hand.discussion"),
)


@dataclass(slots=True)
class Opening:
    at: datetime.datetime
    worker: Person
    matter: Matter
    new_client: bool


def open_by_hand(
    code: int, notices: int, staff: Staff, days: list[datetime.date], now: datetime.datetime, random: Random
) -> int:
    """Store the matters with their clients, deadlines and events; gives how many there are."""
    known = list(Client.objects.filter(municipality_id=code).order_by("created_at", "pk"))
    people = iter(new_people(code, notices, known, days[-1], random))
    openings: list[Opening] = []
    for _ in range(max(2, notices // ONE_IN)):
        worker = random.choice(staff.workers)
        moment = office_hour(random.choice(days), random)
        earlier = [client for client in known if client.created_at < moment]
        new = random.random() < NEW_CLIENT or not earlier
        client = next(people) if new else random.choice(earlier)
        if new:
            client.created_at, client.created_by = moment, worker.user
        if moment <= now:
            openings.append(Opening(moment, worker, matter_of(client, worker, moment, random), new))
    openings.sort(key=lambda one: one.at)
    store(openings)
    return len(openings)


def matter_of(client: Client, worker: Person, at: datetime.datetime, random: Random) -> Matter:
    kind, source, words = random.choice(KINDS)
    summary, _, description = pick(random, words).partition(" | ")
    matter = Matter(
        municipality_id=client.municipality_id,
        client=client,
        kind=kind,
        source=source,
        arrived=at.date(),
        created_at=at,
        created_by=worker.user,
        urgent=kind != MatterKind.DISCUSSION and random.random() < 0.1,
        summary=summary,
        description=description,
        unit=worker.unit,
    )
    matter.due = min(deadline.due for deadline in deadlines_of(matter))
    return matter


def store(openings: list[Opening]) -> None:
    new = Client.objects.bulk_create(one.matter.client for one in openings if one.new_client)
    NameToken.objects.bulk_create(token for client in new for token in name_tokens(client))
    Matter.objects.bulk_create(one.matter for one in openings)
    Deadline.objects.bulk_create(deadline for one in openings for deadline in deadlines_of(one.matter))
    Event.objects.bulk_create(event for one in openings for event in events_of(one))


def deadlines_of(matter: Matter) -> list[Deadline]:
    found = deadlines_for(
        matter.kind,
        matter.arrived,
        urgent=matter.urgent,
        over_75=over_75(matter.client.birth_date, matter.arrived),
    )
    return deadline_rows(matter, found)


def events_of(opening: Opening) -> list[Event]:
    matter = opening.matter
    registered = event(matter.client, opening.worker.user, "client.registered", opening.at)
    opened = event(matter.client, opening.worker.user, "matter.opened", opening.at)
    opened.matter, opened.data = matter, {"kind": str(matter.kind), "source": str(matter.source)}
    return [registered, opened] if opening.new_client else [opened]


def event(client: Client, actor: User, kind: str, at: datetime.datetime) -> Event:
    return Event(municipality_id=client.municipality_id, client=client, actor=actor, kind=kind, at=at)


def new_people(code: int, count: int, known: list[Client], day: datetime.date, random: Random) -> list[Client]:
    """Unsaved clients whom Kela has not told of, some of them without a henkilötunnus."""
    pool = People(SEED, f"{code:03d}", count)
    bounds = pool.born(day.replace(year=day.year - 62, day=1), day.replace(year=day.year - 18, day=1))
    masks = {client.identity_code_mask for client in known}
    found: list[Client] = []
    for n in range(count):
        person = pool.draw(bounds, (n * 0.618) % 1)
        parsed = parse(person.identity_code)
        if parsed.mask() in masks:
            continue
        masks.add(parsed.mask())
        client = Client(municipality_id=code, birth_date=parsed.birth_date, language=person.language)
        give_name(client, person.surname, person.given_names)
        if random.random() > WITHOUT_CODE:
            give_identity_code(client, parsed)
        found.append(client)
    return found

"""A municipality in which every section of every page of figures has something to show."""

import datetime
from itertools import product

from accounts.models import User
from avain.models import Goal, Measurement
from cases.models import Appointment, Case, Client, Contact, Deadline, Matter, MatterKind, OwnWorker
from cases.models.appointment import AppointmentState
from cases.models.matter import MatterSource
from core.models import Code
from etotu.models import Batch
from etotu.tests.making import RECEIVED, make_notice
from municipalities.models import Municipality, Unit
from testing import clock
from testing.factories import make_client, make_matter

ARRIVED = datetime.date(2018, 10, 12)
GOALS = [("debts", "housing"), ("housing",), ("debts", "employment")]
NOTICE_KINDS = [kind for kind in MatterKind if kind not in {MatterKind.DISCUSSION, MatterKind.CONTACT}]


def fill(municipality: Municipality, by: User, today: datetime.date) -> None:
    """Notices of every type of this month and the one before, some of them worked on, and clients with a case."""
    before = today.replace(day=1) - datetime.timedelta(days=1)
    today = today.replace(day=1)
    batch = Batch.objects.create(
        file_name="era.xml", size=0, sha256=b"", via="upload", received_at=RECEIVED, arrived=today
    )
    for place, (kind, day) in enumerate(product(NOTICE_KINDS, (before, today))):
        _work_on(make_matter(make_client(municipality), kind, day, urgent=place < 2), by, batch, place)
    make_matter(make_client(municipality), MatterKind.APPLICATION, today)
    make_matter(make_client(municipality), MatterKind.SOCIAL_WORK_NEED, today, held_since=today)
    make_matter(make_client(municipality), MatterKind.CONTACT, before - datetime.timedelta(days=200), source="phone")
    for matter in Matter.objects.filter(kind=MatterKind.APPLICATION, closed_at=None)[:1]:
        Deadline.objects.filter(matter=matter).update(local=True)
    make_matter(make_client(municipality, restricted=True), MatterKind.APPLICATION, today)
    open_case(make_client(municipality), by)
    OwnWorker.objects.create(
        municipality=municipality, client=open_case(make_client(municipality), by), user=by, assigned_by=by
    )


def _work_on(matter: Matter, by: User, batch: Batch, place: int) -> None:
    at = clock.now() - datetime.timedelta(days=1 if place % 2 else 32)
    whose = {"municipality": matter.municipality, "client": matter.client, "matter": matter}
    notice = make_notice(matter, batch, f"T{batch.pk}-{place}")
    notice.content = {"application": {"decision_date": (matter.arrived - datetime.timedelta(days=3)).isoformat()}}
    notice.save()
    for outcome in ["no_answer", "reached"][: place % 3]:
        Contact.objects.create(**whose, channel="call", outcome=outcome, at=at, by=by)
    for state in AppointmentState:
        Appointment.objects.create(**whose, worker=by, by=by, at=at, state=state)
    Appointment.objects.create(**(whose | {"matter": None}), worker=by, by=by, at=at, state=AppointmentState.MET)
    record_goals(matter.client, by, at.date(), *GOALS[place % len(GOALS)], main=place != 5)
    if place % 4 == 3:
        Matter.objects.filter(pk=matter.pk).update(state="in_progress", assignee=by)
    if place % 4 == 1:
        Deadline.objects.filter(matter=matter).update(met_on=matter.arrived)
        Matter.objects.filter(pk=matter.pk).update(state="closed", outcome="plan_made", closed_at=at, closed_by=by)


def record_goals(client: Client, by: User, day: datetime.date, *codes: str, main: bool = True) -> Measurement:
    """A measurement with these goals, the first as the main one."""
    measurement = Measurement.objects.create(
        municipality=client.municipality, client=client, day=day, kind="initial", together=True, by=by
    )
    for position, code in enumerate(codes, start=1):
        Goal.objects.create(
            municipality=client.municipality,
            measurement=measurement,
            position=position,
            code=Code.objects.get(list__version="trial_2018", list__name="avain.goals", code=code),
            direction="improve",
            main=main and position == 1,
        )
    return measurement


def spread_over(municipality: Municipality, unit: Unit) -> None:
    """Half of the clients belong to the unit, and they are of every age group."""
    born = [None, *(datetime.date(year, 6, 15) for year in (2000, 1985, 1970, 1950))]
    for place, client in enumerate(Client.objects.filter(municipality=municipality).order_by("pk")):
        Client.objects.filter(pk=client.pk).update(birth_date=born[place % len(born)])
        if place % 2:
            Matter.objects.filter(client=client).update(unit=unit)
            if not Case.objects.filter(client=client).update(unit=unit):
                opened_by = User.objects.order_by("pk")[0]
                Case.objects.create(municipality=municipality, client=client, unit=unit, opened_by=opened_by)


def noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, clock.NOON, clock.HELSINKI)


def make_contact(matter: Matter, by: User, day: datetime.date, outcome: str = "no_answer") -> Contact:
    return Contact.objects.create(
        municipality=matter.municipality,
        client=matter.client,
        matter=matter,
        channel="call",
        outcome=outcome,
        at=noon(day),
        by=by,
    )


def make_appointment(
    municipality: Municipality,
    by: User,
    kind: str,
    state: str = "met",
    day: datetime.date = ARRIVED,
    born: datetime.date = datetime.date(1980, 1, 1),
) -> Appointment:
    """Of a client of its own, born on this day."""
    client = make_client(municipality, "", birth_date=born)
    matter = make_matter(client, kind, ARRIVED)
    return Appointment.objects.create(
        municipality=municipality, client=client, matter=matter, worker=by, by=by, at=noon(day), state=state
    )


def open_case(client: Client, by: User) -> Client:
    long_ago = clock.now() - datetime.timedelta(days=40)
    Case.objects.create(municipality=client.municipality, client=client, opened_at=long_ago, opened_by=by)
    return client


def multiply(municipality: Municipality, by: User, today: datetime.date, n: int) -> None:
    """`n` more clients who are in every list: a late notice, a contact, an appointment, a goal, an open case."""
    at = clock.now() - datetime.timedelta(days=1)
    whose = {"municipality": municipality}
    clients = Client.objects.bulk_create(
        Client(**whose, family_name="Monta", given_names=f"N{i}", sort_key=f"monta {i}", birth_date="1980-06-15")
        for i in range(n)
    )
    first = today.replace(day=1)
    kinds = [NOTICE_KINDS[i % len(NOTICE_KINDS)] for i in range(n)]
    matters = Matter.objects.bulk_create(
        Matter(**whose, client=client, kind=kind, source=MatterSource.KELA, arrived=first, due=first)
        for client, kind in zip(clients, kinds, strict=True)
    )
    both = [{**whose, "client": matter.client, "matter": matter} for matter in matters]
    Deadline.objects.bulk_create(
        Deadline(**whose, matter=m, duty="plan", counted_from=first, working_days=7, due=first, outer=first)
        for m in matters
    )
    Contact.objects.bulk_create(Contact(**one, channel="call", outcome="reached", at=at, by=by) for one in both)
    Appointment.objects.bulk_create(Appointment(**one, worker=by, by=by, at=at, state="met") for one in both)
    Case.objects.bulk_create(Case(**whose, client=c, opened_at=at, opened_by=by) for c in clients)
    measurements = Measurement.objects.bulk_create(
        Measurement(**whose, client=c, day=at.date(), kind="initial", together=True, by=by) for c in clients
    )
    code = Code.objects.get(list__version="trial_2018", list__name="avain.goals", code="debts")
    Goal.objects.bulk_create(
        Goal(**whose, measurement=m, position=1, code=code, direction="improve", main=True) for m in measurements
    )

"""The work of one municipality on everything that has come to it."""

import datetime
from collections.abc import Iterable
from random import Random

from django.utils import timezone

from accounts.models import User
from cases.models import Client, Matter, MatterKind
from cases.models.contact_detail import DetailKind
from core.working_days import working_days_between
from demo import fates
from demo.accounts import UNITS, Person, Staff
from demo.course import Course
from demo.routing import FIRST_TEAM_CODES, answer_proposal, proposals, released_on
from etotu.routing.route import OWN_WORKER
from municipalities.models import Unit

ADULT_AT = 23
# how many of the last month's matters nobody has looked into, and of the last morning's nobody has taken yet
FORGOTTEN, FORGOTTEN_DAYS = 0.02, 35
NOT_TAKEN_YET = 0.4
SETTLED_BY_CLOSING, LATE_BY = (MatterKind.APPLICATION, MatterKind.REDUCED_AMOUNT), (1, 2, 3)


def plan_work(code: int, staff: Staff, random: Random, last_day: datetime.date) -> list[Course]:
    """A course for each matter, planned in the order of arrival and without regard to what time it is now."""
    matters = list(
        Matter.objects.filter(municipality_id=code)
        .select_related("client", "unit", "created_by")
        .prefetch_related("deadlines", "client__contact_details")
        .order_by("created_at", "pk")
    )
    own: dict[int, tuple[datetime.datetime, User]] = {}
    released, proposed = released_on(code), proposals(code)
    courses = []
    for matter in matters:
        begins = released.get(matter.pk, matter.arrived)
        courses.append(plan_one(matter, staff, random, last_day, own, begins))
        if matter.pk in proposed:
            answer_proposal(courses[-1], proposed[matter.pk])
    for worker in staff.workers:
        stall([course for course in courses if course.worker == worker.user], last_day)
    return courses


def plan_one(
    matter: Matter,
    staff: Staff,
    random: Random,
    last_day: datetime.date,
    own: dict[int, tuple[datetime.datetime, User]],
    begins: datetime.date,
) -> Course:
    """`own`: by client, when a case was opened and by whom; that worker gets what comes later.

    `begins`: its day of arrival, or that on which its hold ended; what is on hold has nobody.
    """
    since, owner = own.get(matter.client_id, (None, None))
    known = since is not None and since < matter.created_at
    unit = matter.unit or choose_unit(matter.client, matter.arrived, staff, random)
    worker = matter.created_by or (owner if known and owner else choose(staff.in_unit(unit), random))
    # whoever opened it by hand has it, in the unit in which it was opened
    if known and owner == worker and unit:
        unit = unit_of(worker, staff) or unit
    course = Course(matter, worker, staff, random, known=known)
    if matter.held_since:
        return course
    course.pass_days(working_days_between(matter.arrived, begins))
    if matter.created_by is None and known and owner and not matter.routed:
        matter.assignee, matter.assigned_at, matter.routed = owner, matter.created_at, OWN_WORKER
        matter.seen_by_assignee = False
    if matter.created_by is None and left_alone(matter, random, last_day):
        if matter.arrived < last_day:
            matter.unit = unit
        return course
    matter.unit = unit
    fates.run(course)
    if course.case_at:
        own[matter.client_id] = (course.case_at, course.worker)
    return course


def stall(courses: list[Course], last_day: datetime.date) -> None:
    """One matter of a worker that closing alone would have settled these days was not come to, and is late."""
    for course in courses:
        due = min(deadline.due for deadline in course.matter.deadlines.all())
        days = working_days_between(due, last_day)
        if course.matter.kind in SETTLED_BY_CLOSING and course.deeds and days in LATE_BY:
            course.deeds = [deed for deed in course.deeds if timezone.localdate(deed.at) < due]
            course.case_at = None
            return


def left_alone(matter: Matter, random: Random, last_day: datetime.date) -> bool:
    if matter.arrived == last_day:
        return random.random() < NOT_TAKEN_YET
    recent = (last_day - matter.arrived).days < FORGOTTEN_DAYS
    return recent and not matter.urgent and random.random() < FORGOTTEN


def choose_unit(client: Client, day: datetime.date, staff: Staff, random: Random) -> Unit | None:
    """The young have their team; adults are divided by where they live."""
    if not staff.units:
        return None
    first, second, young = (staff.units[name] for name in names_of(staff))
    age = client.age(day)
    if age is not None and age < ADULT_AT:
        return young
    codes = [one.postal_code for one in client.contact_details.all() if one.kind == DetailKind.ADDRESS]
    if codes and codes[0]:
        return first if codes[0] in FIRST_TEAM_CODES else second
    return random.choice((first, second))


def names_of(staff: Staff) -> tuple[str, str, str]:
    return next(names for names in UNITS.values() if set(names) == set(staff.units))


def unit_of(user: User, staff: Staff) -> Unit | None:
    return next((one.unit for one in staff.workers if one.user == user), None)


def choose(people: Iterable[Person], random: Random) -> User:
    people = tuple(people)
    return random.choices(people, [one.account.share for one in people])[0].user

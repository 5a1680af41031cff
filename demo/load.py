"""Filling an empty installation with the demo: all of it, or nothing."""

import datetime
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from accounts.models import User
from cases.models import Matter
from core.row_security import across_municipalities
from demo.accounts import FIRST_EMAIL, Staff, make_people
from demo.batches import kela_days, load_batches
from demo.by_hand import open_by_hand
from demo.casework import plan_work
from demo.documents import write_documents
from demo.editions import publish_editions
from demo.measurements import measure
from demo.notes import write_notes
from demo.partners import hand_over_some
from demo.reaching import say_where_to_turn
from demo.records import store_courses
from demo.relations import open_cases, protect, tell_numbers
from demo.routing import make_rules, store_proposals
from demo.scale import Scale
from demo.transfers import move_some

BEFORE = datetime.timedelta(days=60)


@dataclass(slots=True)
class Loaded:
    """What was made, in numbers."""

    notices: int = 0
    by_hand: int = 0
    cases: int = 0
    measurements: int = 0
    documents: int = 0
    notes: int = 0


def demo_is_here() -> bool:
    return User.objects.filter(email=FIRST_EMAIL).exists()


def load_demo(scale: Scale | None = None, now: datetime.datetime | None = None) -> Loaded | None:
    """Make the demo of the days up to `now`; None when it is there already, and then nothing is touched.

    The same for the same day, but for what has not come yet by that time of the day.
    """
    scale, now = scale or Scale(), now or timezone.now()
    if demo_is_here():
        return None
    today = timezone.localdate(now)
    days = kela_days(scale, now, today)
    loaded = Loaded()
    with across_municipalities("the demo fills the municipalities of the trial", scale.daily):
        staffs = make_people(today - datetime.timedelta(days=scale.days) - BEFORE)
        say_where_to_turn(tuple(scale.daily))
        make_rules(scale, days)
        admin = User.objects.get(email="paula@kuopio.example")
        load_batches(scale, days, admin, User.objects.get(is_installation_admin=True))
        for code in scale.daily:
            add_work(code, scale, staffs[code], days, now, loaded)
        move_some(scale.daily)
        hand_over_some(scale.daily)
        publish_editions(tuple(scale.daily), days[0], today)
    return loaded


def add_work(
    code: int, scale: Scale, staff: Staff, days: list[datetime.date], now: datetime.datetime, loaded: Loaded
) -> None:
    random = Random(f"{days[-1]}:{code}")  # noqa: S311
    notices = Matter.objects.filter(municipality_id=code).count()
    loaded.notices += notices
    loaded.by_hand += open_by_hand(code, notices, staff, days, now, random)
    courses = plan_work(code, staff, random, days[-1])
    store_courses(courses, now, new_from=days[-2:][0])
    store_proposals(courses, now)
    relations = open_cases(courses, now, random)
    protect(code, relations, staff, random)
    tell_numbers(relations, random)
    loaded.cases += len(relations)
    loaded.measurements += measure(relations, random)
    loaded.notes += write_notes(relations, now)
    loaded.documents += write_documents(relations, now, Random(f"{days[-1]}:{code}:documents"))  # noqa: S311

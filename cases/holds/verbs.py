"""Matters held for capacity: released so many a week, the oldest first, or one by one by a person.

Their deadlines run all the time. Taking, giving or beginning a held matter ends its hold (`cases.matters.changing`);
so does a version that makes it urgent (`cases.intake.changes`).
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from cases.matters import rules
from cases.matters.changing import changing
from cases.models import Event, HoldRelease, Matter
from cases.timeline.events import record_event
from municipalities.models import LocalSettings

WEEK = datetime.timedelta(days=7)
RELEASED = "matter.hold_released"


def monday_of(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def held(municipality_id: int) -> QuerySet[Matter]:
    """In the order in which they are released."""
    return Matter.objects.filter(municipality=municipality_id, held_since__isnull=False).order_by("held_since", "pk")


def release(actor: User, matter: Matter) -> None:
    """A person puts the matter back among those that anybody may take."""
    with changing(matter) as file:
        rules.require(rules.RELEASE, actor, file)
        since = matter.held_since.isoformat() if matter.held_since else ""
        matter.held_since = None
        record_event(RELEASED, client=matter.client, actor=actor, matter=matter, since=since)


@transaction.atomic
def release_of_week(municipality_id: int, at: datetime.datetime | None = None) -> int:
    """Release the week's share of what was held before this week; gives how many. In the municipality's scope.

    Done once a week, whenever it is first tried: a second time releases no more, and after weeks in which the program
    did not run only one share is released.
    """
    at = at or timezone.now()
    week = monday_of(timezone.localdate(at))
    share = LocalSettings.objects.of(municipality_id).held_per_week
    waiting = held(municipality_id).filter(held_since__lt=week)
    if not share or not waiting.exists():
        return 0
    _row, first = HoldRelease.objects.get_or_create(municipality_id=municipality_id, week=week, defaults={"at": at})
    if not first:
        return 0
    chosen = list(waiting.values_list("pk", flat=True)[:share])
    # in the one order in which several matters are locked; what somebody took meanwhile is not on hold any more
    matters = list(held(municipality_id).filter(pk__in=chosen).order_by("pk").select_for_update(of=("self",)))
    _let_go(matters, at)
    return len(matters)


def expected_weeks(municipality_id: int, matter_ids: Iterable[int], today: datetime.date) -> dict[int, datetime.date]:
    """For each of these held matters the Monday of the week in which its turn comes, as things are now.

    Empty when the municipality releases none by itself. One query besides that of the settings.
    """
    share = LocalSettings.objects.of(municipality_id).held_per_week
    wanted = set(matter_ids)
    if not share or not wanted:
        return {}
    order = held(municipality_id).values_list("pk", flat=True)
    following = monday_of(today) + WEEK
    return {pk: following + n // share * WEEK for n, pk in enumerate(order.iterator()) if pk in wanted}


def _let_go(matters: list[Matter], at: datetime.datetime) -> None:
    Matter.objects.filter(pk__in=[m.pk for m in matters]).update(held_since=None, version=F("version") + 1)
    Event.objects.bulk_create(
        Event(
            municipality_id=matter.municipality_id,
            client_id=matter.client_id,
            matter=matter,
            kind=RELEASED,
            at=at,
            data={"why": "week", "since": matter.held_since.isoformat() if matter.held_since else ""},
        )
        for matter in matters
    )

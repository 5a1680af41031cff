"""What Today reads of the database: all lists of matters in one statement, the times in one, the hand-overs in one."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from cases.models import Appointment, Handover, Matter
from cases.models.matter import WAITING
from cases.models.owned import unit_rule, unrestricted
from core.parts import in_one
from desk.appointments.shown import SHOWN as TIMES
from desk.appointments.shown import own_times, with_people
from desk.information.shown import time_ran_out
from desk.matter import left_open
from desk.matter.lists import ITEMS, late, of_today, own_matters
from desk.matter.words import for_lists
from desk.partners.shown import SHOWN as PARTNERS
from desk.partners.shown import silent_partners, with_matter
from desk.today.agenda import DAY, due_by_horizon
from desk.today.unfinished import Draft, drafted_matters
from desk.transfers.pages import waiting_for_us
from municipalities.requests import MunicipalRequest

WAIT_ENDS_SOON = 3 * DAY


def matters(request: MunicipalRequest, drafted: list[Draft]) -> dict[str, list[Matter]]:
    """The lists of Today by name, each row with all that the words of a list need."""
    mine, visible = own_matters(request), Matter.objects.visible_to(request.user, request.municipality)
    until = timezone.localdate() + WAIT_ENDS_SOON
    lists: dict[str, tuple[QuerySet[Matter], int | None]] = {
        "due": (due_by_horizon(mine, request.user), ITEMS),
        # by somebody else, and not opened yet
        "given": (mine.filter(seen_by_assignee=False).order_by("-assigned_at", "pk"), ITEMS),
        # waits that have ended or end soon
        "waiting": (
            mine.filter(state__in=WAITING, waiting_until__lte=until).order_by("waiting_until", "pk"),
            ITEMS,
        ),
        "ran_out": (time_ran_out(mine), ITEMS),
        # closed, and Kela has changed the notice since
        "changed": (visible.filter(assignee=request.user, changed_after_closing=True).order_by("pk"), ITEMS),
        "ended": (left_open.ended_with_rest(request), left_open.SHOWN),
        "drafted": (drafted_matters(request, drafted), None),
    }
    if request.access.all_units:
        desks = Matter.objects.on_desks_of(request.user, request.municipality).open()
        free = desks.filter(assignee=None, held_since=None)
        lists["free"] = (due_by_horizon(free, request.user), ITEMS)
    return {"free": []} | in_one({name: (for_lists(rows), limit) for name, (rows, limit) in lists.items()})


@dataclass(frozen=True)
class Beside:
    """What hangs on matters: times and hand-overs of this person, and what the ended matters left open."""

    request: MunicipalRequest
    ended: list[Matter]
    silent_days: int

    @cached_property
    def times(self) -> dict[str, list[Appointment]]:
        ahead, passed = own_times(self.request)
        parts = {"ahead": (ahead, TIMES), "passed": (passed, TIMES), "left": (left_open.open_times(self._ended), None)}
        return in_one({name: (with_people(rows), limit) for name, (rows, limit) in parts.items()})

    @cached_property
    def handovers(self) -> dict[str, list[Handover]]:
        silent = silent_partners(self.request, self.silent_days)
        parts = {"silent": (silent, PARTNERS), "left": (left_open.open_handovers(self._ended), None)}
        return in_one({name: (with_matter(rows), limit) for name, (rows, limit) in parts.items()})

    @property
    def left(self) -> list[tuple[Matter, list[left_open.LeftOpen]]]:
        letters = left_open.unsent_letters(self._ended)
        told = left_open.told(self.times["left"], letters, self.handovers["left"], self.request.municipality.code)
        return [(matter, told[matter.pk]) for matter in self.ended if matter.pk in told]

    @property
    def _ended(self) -> list[int]:
        return [matter.pk for matter in self.ended]


def numbers(request: MunicipalRequest) -> dict[str, dict[str, int]]:
    """Of open matters: one's own, those on the desks of this person, and for a supervisor the hidden ones.

    A supervisor hears of a restricted client's matter as a bare number when it is due.
    """
    access, today = request.access, timezone.localdate()
    seen, mine, desks = unrestricted(access, "client__"), Q(assignee=request.user), unit_rule(access)
    missed, due_today = late(today), of_today(today)
    coming = Q(pk__in=waiting_for_us(request.municipality).order_by().values("matter"))
    wanted: dict[str, dict[str, Q]] = {
        "mine": {"all": mine, "late": mine & missed, "today": mine & due_today},
        "everybody": {
            "free": desks & Q(assignee=None, held_since=None),
            "late": desks & missed,
            "today": desks & due_today,
            "coming": desks & coming,
        },
    }
    if access.all_units:
        rows = Matter.objects.filter(municipality=request.municipality)
        wanted = {whose: {what: which & seen for what, which in by.items()} for whose, by in wanted.items()}
        wanted["hidden"] = {"due": ~seen & Q(next_on__lte=today)}
    else:
        rows = Matter.objects.visible_to(request.user, request.municipality).filter(mine | desks)
    flat = {f"{whose}_{what}": Count("pk", filter=q) for whose, by in wanted.items() for what, q in by.items()}
    found = rows.open().aggregate(**flat)
    return {whose: {what: found[f"{whose}_{what}"] for what in by} for whose, by in wanted.items()}

"""Why a matter is where it is, and when the turn of one on hold comes."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.holds.verbs import expected_weeks
from cases.models import Matter
from core.dates import short_day
from etotu.routing.route import OWN_WORKER
from municipalities.models import LocalSettings, Municipality


@dataclass(frozen=True, slots=True)
class Origin:
    """`question` such as "Miksi tämä on sinulla", and its answer."""

    question: str
    answer: str


def origin(matter: Matter, user: User) -> Origin | None:
    """From the rule or own worker that put it where it began; None when nothing but the common queue did."""
    if not matter.routed:
        return None
    if matter.routed != OWN_WORKER:
        # no claim of why it is with this person: a rule may have held it, and somebody taken it since
        return Origin(_("Routing rule"), matter.routed)
    question = _("Why this is with you") if matter.assignee_id == user.pk else _("Why this came here")
    return Origin(question, reason_words(matter))


def reason_words(matter: Matter) -> str:
    return _("to the client's own worker") if matter.routed == OWN_WORKER else matter.routed


def turns(municipality: Municipality, matters: Iterable[Matter]) -> dict[int, str]:
    """For those on hold, until when: "Pidossa, vuoro noin viikolla 49"."""
    held = [matter for matter in matters if matter.held_since]
    if not held:
        return {}
    weeks = expected_weeks(municipality.pk, [matter.pk for matter in held], timezone.localdate())
    return {matter.pk: turn_words(weeks.get(matter.pk), matter.due) for matter in held}


def turn_words(monday: datetime.date | None, due: datetime.date | None) -> str:
    if monday is None:
        return _("On hold until somebody releases it")
    words = _("On hold, turn about week %(week)s")
    if due and due < monday:
        words = _("On hold, turn about week %(week)s, after the deadline")
    return words % {"week": monday.isocalendar().week}


def hold_words(matter: Matter) -> str:
    """About the one that is open, with its deadlines running."""
    if matter.held_since is None:
        return ""
    (turn,) = turns(matter.municipality, [matter]).values()
    since = short_day(matter.held_since)
    return _("%(turn)s. Since %(day)s; the deadline runs all the time.") % {"turn": turn, "day": since}


def holding_note(municipality: Municipality) -> str:
    share = LocalSettings.objects.of(municipality).held_per_week
    if not share:
        return _("Matters on hold are released only by hand. Their deadlines run.")
    words = ngettext(
        "%(n)s is released each Monday, the oldest first. Their deadlines run; anybody may take one before its turn.",
        "%(n)s are released each Monday, the oldest first. Their deadlines run; anybody may take one before its turn.",
        share,
    )
    return words % {"n": share}

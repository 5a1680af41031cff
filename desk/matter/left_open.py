"""What a matter leaves open when it ends or goes to another municipality, and where each thing is finished.

Times offered and not marked, letters made and not sent, hand-overs without an answer: they stay here, and nobody else
sees to them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Appointment, Handover, Letter, Matter
from cases.models.appointment import AppointmentState
from cases.models.matter import Outcome
from cases.models.partner import OPEN_HANDOVER, HandoverState
from core.dates import full_stop, moment, short_day
from municipalities.requests import MunicipalRequest

SHOWN = 10
LETTERS, PARTNERS = "#kirjeet", "#kumppanit"
"""Parts of the page of the matter: where letters are sent or deleted, and proposals left."""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """`verb` leads to `url`, where it is finished; from the page of the matter."""

    words: str
    verb: Promise
    url: str


def left_open(code: str, matter: Matter, but: Handover | None = None) -> list[LeftOpen]:
    """Of a matter that the caller has reached through `access`; without the one that is being answered."""
    return left_by([matter.pk], code, but).get(matter.pk, [])


def left_by(matter_ids: Collection[int], code: str, but: Handover | None = None) -> dict[int, list[LeftOpen]]:
    """By matter, in three queries for any number of them."""
    times = open_times(matter_ids).select_related("worker")
    handovers = open_handovers(matter_ids).select_related("partner")
    return told(times, unsent_letters(matter_ids), [one for one in handovers if one != but], code)


def open_times(matter_ids: Collection[int]) -> QuerySet[Appointment]:
    rows = Appointment.objects.filter(matter__in=matter_ids, state=AppointmentState.OFFERED)
    return rows.order_by("at", "pk")


def unsent_letters(matter_ids: Collection[int]) -> QuerySet[Letter]:
    return Letter.objects.filter(matter__in=matter_ids, sent_on=None).order_by("made_at", "pk")


def open_handovers(matter_ids: Collection[int]) -> QuerySet[Handover]:
    return Handover.objects.filter(matter__in=matter_ids, state__in=OPEN_HANDOVER).order_by("created_at", "pk")


def told(
    times: Iterable[Appointment], letters: Iterable[Letter], handovers: Iterable[Handover], code: str
) -> dict[int, list[LeftOpen]]:
    """By matter. The worker of each time and the partner of each hand-over have been read with it."""
    found: dict[int, list[LeftOpen]] = defaultdict(list)
    for time in times:
        found[time.matter_id or 0].append(_of_time(time, code))
    for letter in letters:
        found[letter.matter_id or 0].append(_of_letter(letter))
    for handover in handovers:
        found[handover.matter_id].append(_of_handover(handover, code))
    return dict(found)


def ended_with_rest(request: MunicipalRequest) -> QuerySet[Matter]:
    """For Today: what nothing else there tells of ended matters.

    A letter that was not sent, of any. Of a transferred one also times and hand-overs: those of another may well be
    meant to go on. Told are own matters; of those that nobody has, what this person closed, for a supervisor all.
    """
    place = request.municipality
    unsent = Letter.objects.filter(municipality=place, sent_on=None)
    offered = Appointment.objects.filter(
        municipality=place, state=AppointmentState.OFFERED, matter__outcome=Outcome.TRANSFERRED
    )
    waiting = Handover.objects.filter(municipality=place, state=HandoverState.SENT, matter__outcome=Outcome.TRANSFERRED)
    rest: list[QuerySet[Any, Any]] = [
        rows.order_by().values("matter") for rows in (unsent.exclude(matter=None), offered, waiting)
    ]
    nobodys = Q(assignee=None) if request.access.all_units else Q(assignee=None, closed_by=request.user)
    whose = Q(assignee=request.user) | nobodys
    ended = Matter.objects.visible_to(request.user, place).filter(whose, closed_at__isnull=False)
    return ended.filter(pk__in=rest[0].union(*rest[1:])).order_by("-closed_at", "pk")


def _of_time(time: Appointment, code: str) -> LeftOpen:
    words = _("Appointment %(when)s with %(name)s.") % {"when": moment(time.at), "name": time.worker.name}
    passed = time.at <= timezone.now()
    verb = gettext_lazy("Tell what became of it") if passed else gettext_lazy("Move or cancel")
    return LeftOpen(words, verb, reverse("appointment", kwargs={"code": code, "pk": time.pk}) + "?sivulta=asia")


def _of_letter(letter: Letter) -> LeftOpen:
    words = _("Letter that is not sent: %(kind)s, made %(day)s")
    words %= {"kind": letter.get_kind_display(), "day": short_day(letter.made_at)}
    return LeftOpen(full_stop(words), gettext_lazy("Mark as sent or delete"), LETTERS)


def _of_handover(handover: Handover, code: str) -> LeftOpen:
    name = {"partner": handover.partner.name}
    if handover.state == HandoverState.PROPOSED:
        words = _("A rule proposed %(partner)s. Nobody has told the partner.") % name
        return LeftOpen(words, gettext_lazy("Leave the proposal"), PARTNERS)
    url = reverse("handover_answer", kwargs={"code": code, "pk": handover.pk})
    return LeftOpen(_("%(partner)s has not answered.") % name, gettext_lazy("Record the answer"), url)

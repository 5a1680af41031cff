"""Hand-overs to partners in words: to whom, since when, what was answered, and who has been silent too long."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.matters import rules
from cases.matters.file import MatterFile
from cases.models import Handover
from cases.models.partner import HandoverState
from cases.partners.verbs import silent, silent_since
from core.dates import full_stop, short_day
from desk.matter.sections import BEFORE, Opened, section
from municipalities.requests import MunicipalRequest

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Handed:
    """`words` say where it stands; `kind` draws the tag of the state; `may`: this person records what became of it."""

    handover: Handover
    state: str
    kind: str
    words: str
    consent: str
    silent: bool
    may: bool

    @property
    def waits(self) -> bool:
        return self.handover.state == HandoverState.SENT

    @property
    def proposed(self) -> bool:
        return self.handover.state == HandoverState.PROPOSED


KINDS = {HandoverState.ACCEPTED: "done", HandoverState.PROPOSED: "empty", HandoverState.WITHDRAWN: "empty"}


def handed(user: User, handovers: Iterable[Handover], silent_days: int) -> list[Handed]:
    """For this person. The partner of each has been read with it, and the matter with who has it."""
    today, limit = timezone.localdate(), silent_since(silent_days)
    return [_handed(one, today, limit, why_not_answer(user, one) is None) for one in handovers]


def why_not_answer(user: User, one: Handover) -> rules.Reason:
    return rules.ANSWER_PARTNER(user, MatterFile(one.matter))


def _handed(one: Handover, today: datetime.date, limit: datetime.date, may: bool) -> Handed:
    quiet = one.state == HandoverState.SENT and one.last_asked is not None and one.last_asked <= limit
    kind = "late" if quiet else KINDS.get(HandoverState(one.state), "")
    return Handed(one, one.get_state_display(), kind, state_words(one, today), consent_words(one), quiet, may)


def state_words(one: Handover, today: datetime.date) -> str:
    match one.state:
        case HandoverState.PROPOSED:
            return _("A rule proposed this partner. Nobody has told the partner yet.")
        case HandoverState.SENT:
            return waiting_words(one, today)
        case HandoverState.WITHDRAWN:
            return _("Withdrawn.")
    return full_stop(_("Answered %(day)s") % {"day": short_day(one.answered_on, today)}) if one.answered_on else ""


def waiting_words(one: Handover, today: datetime.date) -> str:
    """ "Kerrottu ke 7.11. Kysytty uudelleen ma 12.11. Hiljaa 31 päivää."."""
    if one.sent_on is None or one.last_asked is None:
        return ""
    parts = [full_stop(_("Told %(day)s") % {"day": short_day(one.sent_on, today)})]
    if one.last_asked != one.sent_on:
        parts.append(full_stop(_("Asked again %(day)s") % {"day": short_day(one.last_asked, today)}))
    n = (today - one.last_asked).days
    if n:
        parts.append(ngettext("No answer for %(n)s day.", "No answer for %(n)s days.", n) % {"n": n})
    return " ".join(parts)


def consent_words(one: Handover) -> str:
    if one.consent is None:
        return ""
    if one.consent:
        return _("The client agrees.")
    return _("Without the client's consent: %(ground)s") % {"ground": one.ground}


def silent_partners(request: MunicipalRequest, days: int) -> QuerySet[Handover]:
    """Of own matters, for a supervisor of all: the partners who have been silent longest."""
    found = silent(Handover.objects.visible_to(request.user, request.municipality), days)
    if not request.access.all_units:
        found = found.filter(matter__assignee=request.user)
    return found.order_by("last_asked", "pk")


def with_matter(handovers: QuerySet[Handover]) -> QuerySet[Handover]:
    return handovers.select_related("partner", "client", "matter__assignee")


@section(BEFORE + 20, "desk/partners/section.html")
def section_of_handovers(opened: Opened) -> list[Handed]:
    return handovers_of(opened.request.user, opened.file)


def handovers_of(user: User, file: MatterFile) -> list[Handed]:
    return handed(user, file.handovers, file.settings.partner_silent_days) if file.handovers else []

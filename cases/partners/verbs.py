"""Handing a client over to a partner: proposed by a rule or told by a person, asked again, answered, withdrawn."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.matters import rules
from cases.matters.changing import begin, changing
from cases.matters.outcomes import outcomes_for
from cases.models import Handover, Matter, Partner
from cases.models.matter import Outcome
from cases.models.partner import OPEN_HANDOVER, HandoverState, PartnerKind
from cases.timeline.events import record_event
from core.saving import ChangedMeanwhile, NotPossible

FITTING: dict[str, Outcome] = {
    PartnerKind.OWN_COACH: Outcome.OWN_COACH,
    PartnerKind.OUTREACH_YOUTH_WORK: Outcome.OUTREACH_YOUTH_WORK,
}


def send_to_partner(
    actor: User,
    matter: Matter,
    partner: Partner,
    *,
    told: str,
    consent: bool,
    ground: str = "",
    version: int | None = None,
) -> Handover:
    """The partner was told of the client; a proposal for the same partner becomes this hand-over."""
    with changing(matter, version) as file:
        rules.require(rules.TO_PARTNER, actor, file)
        if partner.municipality_id != matter.municipality_id or partner.ended:
            raise NotPossible(_("Choose a partner that is in use."), "partner")
        if not told.strip():
            raise NotPossible(_("Write what was told to the partner."), "told")
        if not consent and not ground.strip():
            raise NotPossible(_("Without the client's consent, write on what ground the partner was told."), "ground")
        row = Handover.objects.filter(matter=matter, partner=partner, state__in=OPEN_HANDOVER).first()
        if row and row.state == HandoverState.SENT:
            raise NotPossible(_("The matter is with this partner already."), "partner")
        row = row or Handover(
            municipality_id=matter.municipality_id, client=matter.client, matter=matter, partner=partner
        )
        row.created_by = row.created_by or actor
        row.state = HandoverState.SENT
        row.told, row.consent, row.ground = told.strip(), consent, "" if consent else ground.strip()
        row.sent_on = row.last_asked = timezone.localdate()
        row.version += 1 if row.pk else 0
        row.save()
        begin(actor, matter)
        _tell("handover.sent", row, actor)
    return row


def ask_again(actor: User, handover: Handover, *, version: int | None = None) -> None:
    """The silent partner was asked again: the silence is counted from today."""
    with _held(actor, handover, version):
        if handover.state != HandoverState.SENT:
            raise NotPossible(_("The partner has answered, or was not told."))
        handover.last_asked = timezone.localdate()
        _save(handover, "handover.asked_again", actor)


def record_answer(
    actor: User,
    handover: Handover,
    *,
    accepted: bool,
    answered_on: datetime.date,
    answer: str = "",
    version: int | None = None,
) -> None:
    """What the partner said. It never closes the matter: that is decided on its own."""
    with _held(actor, handover, version):
        if handover.state != HandoverState.SENT:
            raise NotPossible(_("The partner has answered, or was not told."))
        if answered_on > timezone.localdate():
            raise NotPossible(_("The day cannot be in the future."), "answered_on")
        if handover.sent_on and answered_on < handover.sent_on:
            raise NotPossible(_("The answer cannot have come before the partner was told."), "answered_on")
        if not accepted and not answer.strip():
            raise NotPossible(_("Write why the partner declined."), "answer")
        handover.state = HandoverState.ACCEPTED if accepted else HandoverState.DECLINED
        handover.answered_on, handover.answer = answered_on, answer.strip()
        _save(handover, "handover.accepted" if accepted else "handover.declined", actor)


def withdraw_handover(actor: User, handover: Handover, *, version: int | None = None) -> None:
    """A proposal that is left, or a hand-over that is called back."""
    with _held(actor, handover, version):
        if handover.state not in OPEN_HANDOVER:
            raise NotPossible(_("The partner has answered already."))
        handover.state = HandoverState.WITHDRAWN
        _save(handover, "handover.withdrawn", actor)


def closing_outcome(handover: Handover) -> Outcome | None:
    """The outcome with which the matter may be closed once the partner has accepted, where there is one."""
    outcome = FITTING.get(handover.partner.kind)
    fits = outcome in outcomes_for(handover.matter.kind) and handover.matter.is_open
    return outcome if fits else None


def silent_since(days: int) -> datetime.date:
    """A partner that was last asked on this day or before is silent."""
    return timezone.localdate() - datetime.timedelta(days=days)


def silent(handovers: QuerySet[Handover], days: int) -> QuerySet[Handover]:
    return handovers.filter(state=HandoverState.SENT, last_asked__lte=silent_since(days))


@contextmanager
def _held(actor: User, handover: Handover, version: int | None) -> Iterator[None]:
    """Lock matter and hand-over, and bring `handover` up to date."""
    with changing(handover.matter) as file:
        rules.require(rules.ANSWER_PARTNER, actor, file)
        handover.refresh_from_db(from_queryset=Handover.objects.select_for_update(of=("self",)))
        if version is not None and version != handover.version:
            raise ChangedMeanwhile
        yield


def _save(handover: Handover, kind: str, actor: User) -> None:
    handover.version += 1
    handover.save()
    _tell(kind, handover, actor)


def _tell(kind: str, handover: Handover, actor: User) -> None:
    record_event(
        kind,
        client=handover.client,
        actor=actor,
        matter=handover.matter,
        handover=handover.pk,
        partner=handover.partner_id,
        name=handover.partner.name,
    )

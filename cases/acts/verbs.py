"""Acts of social work in a matter: recorded with their day and author, and a wrong one taken back with a reason."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.acts.kinds import BY_LAW_ONLY_OF
from cases.matters import rules
from cases.matters.changing import begin, changing
from cases.matters.file import MatterFile
from cases.matters.returning import return_by
from cases.models import Act, ActKind, Appointment, Matter
from cases.models.act import BOOKED
from cases.models.contact import Channel
from cases.timeline.events import record_event
from core.day_limits import PAST, check_day
from core.saving import NotPossible


def record_act(
    actor: User,
    matter: Matter,
    kind: str,
    day: datetime.date,
    *,
    how: str = "",
    note: str = "",
    appointment: Appointment | None = None,
    return_on: datetime.date | None = None,
    version: int | None = None,
) -> Act:
    """What was done about the matter on `day`: it does the duties that wait for it.

    `how` is a `Channel` or empty; that an assessment is unnecessary needs its grounds in `note`; a booking is of an
    `appointment`, else of the first time that is offered in the matter. Raises NotPossible beside the field.
    """
    with changing(matter, version) as file:
        rules.require(rules.ACT, actor, file)
        act = _checked(actor, file, kind, day, how, note.strip(), appointment)
        act.save()
        return_by(matter, return_on)
        begin(actor, matter)
        record_event(
            "act.recorded",
            client=matter.client,
            actor=actor,
            matter=matter,
            act=act.pk,
            act_kind=str(kind),
            day=day.isoformat(),
            how=str(how),
        )
    return act


def take_back_act(actor: User, matter: Matter, act: Act, reason: str, *, version: int | None = None) -> None:
    """A wrong mark: it stays readable with the reason, and does no duty."""
    with changing(matter, version) as file:
        rules.require(rules.TAKE_BACK_ACT, actor, file)
        act = next((one for one in file.acts if one.pk == act.pk and one.taken_back_at is None), act)
        if act.matter_id != matter.pk or act.taken_back_at is not None:
            raise NotPossible(_("The mark has been taken back already."), "act")
        if not reason.strip():
            raise NotPossible(_("Write why the mark is taken back."), "reason")
        act.taken_back_at, act.taken_back_by, act.taken_back_why = timezone.now(), actor, reason.strip()
        act.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
        record_event(
            "act.taken_back",
            client=matter.client,
            actor=actor,
            matter=matter,
            act=act.pk,
            act_kind=str(act.kind),
            day=act.day.isoformat(),
            reason=reason.strip(),
        )


def _checked(
    actor: User,
    file: MatterFile,
    kind: str,
    day: datetime.date,
    how: str,
    note: str,
    appointment: Appointment | None,
) -> Act:
    matter = file.matter
    if kind not in ActKind.values or BY_LAW_ONLY_OF.get(ActKind(kind)) not in (None, matter.kind):
        raise NotPossible(_("Choose what was done so that it fits the matter."), "kind")
    if how and how not in Channel.values:
        raise NotPossible(_("Choose how it was done."), "how")
    if kind == ActKind.ASSESSMENT_UNNEEDED and not note:
        raise NotPossible(_("Write on what grounds no assessment is needed."), "note")
    check_day(day, PAST)
    if day < matter.arrived:
        raise NotPossible(_("The day cannot be before the matter arrived."), "day")
    if kind in BOOKED:
        appointment = appointment or file.offered_time
        if appointment is None or appointment.matter_id != matter.pk:
            raise NotPossible(_("Offer a time first: what is booked is that time."), "kind")
    return Act(
        municipality_id=matter.municipality_id,
        client=matter.client,
        matter=matter,
        kind=kind,
        day=day,
        how=how,
        note=note,
        appointment=appointment,
        by=actor,
    )

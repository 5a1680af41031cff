"""Times offered to clients: offered, kept, missed, cancelled, moved, and a wrong mark put right."""

import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.matters import rules
from cases.matters.changing import begin, changing
from cases.matters.desks import has_casework
from cases.matters.file import MatterFile
from cases.models import Act, Appointment, Client, Contact, Matter
from cases.models.appointment import CANCELLED, AppointmentState
from cases.models.contact import Channel, ContactOutcome
from cases.timeline.events import record_event
from core.dates import clock, short_day
from core.day_limits import APPOINTMENTS, check_day
from core.saving import ChangedMeanwhile, NotPossible
from core.working_days import is_working_day

NEAR: Final = datetime.timedelta(minutes=30)
OUTCOMES: Final[dict[str, ContactOutcome]] = {
    AppointmentState.MET: ContactOutcome.REACHED,
    AppointmentState.MISSED: ContactOutcome.DID_NOT_COME,
}


def warnings(worker: User, at: datetime.datetime, *, but: Appointment | None = None) -> list[str]:
    """What is worth looking at before a time is offered; it may be offered all the same."""
    day = timezone.localdate(at)
    found = []
    if not is_working_day(day):
        found.append(_("%(day)s is not a working day.") % {"day": short_day(day)})
    others = Appointment.objects.filter(
        worker=worker, state=AppointmentState.OFFERED, at__gt=at - NEAR, at__lt=at + NEAR
    )
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other is not None:
        words = _("%(name)s has another appointment then, %(time)s.")
        found.append(words % {"name": worker.name, "time": clock(other.at)})
    return found


@transaction.atomic
def offer(
    actor: User,
    client: Client,
    *,
    at: datetime.datetime,
    worker: User,
    matter: Matter | None = None,
    place: str = "",
    note: str = "",
) -> Appointment:
    """A time for the client with `worker`. Raises NotPossible beside the field that is wrong."""
    appointment = _new(actor, client, at, worker, matter, place, note)
    if matter is None:
        appointment.save()
    else:
        with changing(matter) as file:
            rules.require(rules.OFFER, actor, file)
            appointment.save()
            begin(actor, matter)
    _tell(actor, appointment, "appointment.offered", user=worker.pk, place=appointment.place)
    return appointment


@transaction.atomic
def mark(
    actor: User,
    appointment: Appointment,
    state: str,
    *,
    version: int | None = None,
    text: str = "",
    client_words: str = "",
) -> None:
    """What became of an offered time. One that was kept or missed is a contact too."""
    _claim(appointment, version)
    _refuse(rules.settles(actor, appointment))
    if appointment.state != AppointmentState.OFFERED:
        raise NotPossible(_("What became of this time has been marked already."))
    if state in OUTCOMES:
        if appointment.at > timezone.now():
            raise NotPossible(_("The time has not come yet."), "state")
        record_contact(
            actor,
            appointment.client,
            matter=appointment.matter,
            channel=Channel.MEETING,
            outcome=OUTCOMES[state],
            at=appointment.at,
            text=text,
            client_words=client_words,
            appointment=appointment,
        )
        return
    if state not in CANCELLED:
        raise NotPossible(_("Choose what happened."), "state")
    _settle(appointment, state)
    _settle_matter(appointment)
    _tell(actor, appointment, "appointment.cancelled", state=str(state), reason=text.strip())


@transaction.atomic
def move(
    actor: User,
    appointment: Appointment,
    *,
    by_client: bool,
    at: datetime.datetime,
    worker: User,
    place: str = "",
    version: int | None = None,
) -> Appointment:
    """Cancel the time and offer another one."""
    _claim(appointment, version)
    _refuse(rules.settles(actor, appointment))
    if appointment.state != AppointmentState.OFFERED:
        raise NotPossible(_("What became of this time has been marked already."))
    _require_open(actor, appointment)
    new = _new(actor, appointment.client, at, worker, appointment.matter, place, appointment.note)
    new.save()
    state = AppointmentState.CANCELLED_BY_CLIENT if by_client else AppointmentState.CANCELLED_BY_OFFICE
    _settle(appointment, state)
    # what was booked is booked still, for another time
    Act.objects.filter(appointment=appointment).update(appointment=new)
    _settle_matter(appointment)
    _tell(actor, appointment, "appointment.moved", state=str(state), new=at.isoformat(), user=worker.pk)
    return new


@transaction.atomic
def correct(actor: User, appointment: Appointment, state: str, *, version: int | None = None) -> None:
    """Put a wrong mark right; OFFERED takes it back.

    The contact that came of the mark follows; one in which something was written is never taken away.
    """
    _claim(appointment, version)
    _refuse(rules.settles(actor, appointment))
    if appointment.state == AppointmentState.OFFERED:
        raise NotPossible(_("Nothing has been marked of this time yet."))
    if state == appointment.state or state not in AppointmentState.values:
        raise NotPossible(_("Choose what happened."), "state")
    if state in OUTCOMES and appointment.at > timezone.now():
        raise NotPossible(_("The time has not come yet."), "state")
    if state == AppointmentState.OFFERED:
        _require_open(actor, appointment)
    _refuse(rules.keeps_its_words(appointment, state), "state")
    contact = appointment.contact
    if contact is not None and state in OUTCOMES:
        contact.outcome = OUTCOMES[state]
        contact.save(update_fields=["outcome"])
        _settle(appointment, state)
    elif contact is not None:
        appointment.contact = None
        _settle(appointment, state)
        contact.delete()
    elif state in OUTCOMES:
        _settle(appointment, AppointmentState.OFFERED)
        mark(actor, appointment, state)
    else:
        _settle(appointment, state)
    _settle_matter(appointment)
    _tell(actor, appointment, "appointment.corrected", state=str(state))


def _new(
    actor: User,
    client: Client,
    at: datetime.datetime,
    worker: User,
    matter: Matter | None,
    place: str,
    note: str,
) -> Appointment:
    check_day(at.date(), APPOINTMENTS)
    if at <= timezone.now():
        raise NotPossible(_("Choose a time in the future."), "time")
    if not worker.is_active or not has_casework(worker, client.municipality_id):
        raise NotPossible(_("%(name)s does no casework in this municipality.") % {"name": worker.name}, "worker")
    if not Client.objects.visible_to(worker, client.municipality).filter(pk=client.pk).exists():
        words = gettext_lazy("%(name)s may not see this client. Ask your supervisor.")
        raise NotPossible(str(words) % {"name": worker.name}, "worker")
    return Appointment(
        municipality_id=client.municipality_id,
        client=client,
        matter=matter,
        worker=worker,
        at=at,
        place=place.strip(),
        note=note.strip(),
        by=actor,
    )


def _require_open(actor: User, appointment: Appointment) -> None:
    """A time about a matter can be offered only while the matter is open, however the time came to be."""
    if appointment.matter is not None:
        rules.require(rules.OFFER, actor, MatterFile(appointment.matter))


def _refuse(reason: rules.Reason, field: str | None = None) -> None:
    if reason is not None:
        raise NotPossible(reason, field)


def _claim(appointment: Appointment, version: int | None) -> None:
    """Lock the time, after its matter as a contact does, and bring it up to date."""
    if appointment.matter_id is not None:
        Matter.objects.select_for_update().filter(pk=appointment.matter_id).values_list("pk").first()
    appointment.refresh_from_db(from_queryset=Appointment.objects.select_for_update())
    if appointment.contact_id is not None:
        # words are written to it by whoever records the same meeting
        appointment.contact = Contact.objects.select_for_update(of=("self",)).get(pk=appointment.contact_id)
    if version is not None and version != appointment.version:
        raise ChangedMeanwhile


def _settle(appointment: Appointment, state: str) -> None:
    appointment.state = AppointmentState(state)
    appointment.settled_at = None if state == AppointmentState.OFFERED else timezone.now()
    appointment.version += 1
    appointment.save()


def _settle_matter(appointment: Appointment) -> None:
    """Its deadlines and days follow what the times and contacts are now."""
    if appointment.matter is not None:
        with changing(appointment.matter):
            pass


def _tell(actor: User, appointment: Appointment, kind: str, **data: Any) -> None:
    record_event(
        kind,
        client=appointment.client,
        actor=actor,
        matter=appointment.matter,
        appointment=appointment.pk,
        time=appointment.at.isoformat(),
        **data,
    )

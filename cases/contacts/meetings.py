"""A meeting is counted once: the contact of an offered time is the mark of that time, from whichever page it came."""

import datetime

from django.utils import timezone

from cases.models import Appointment, Contact
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel, ContactOutcome

STATE_OF: dict[str, AppointmentState] = {
    ContactOutcome.REACHED: AppointmentState.MET,
    ContactOutcome.DID_NOT_COME: AppointmentState.MISSED,
}
DAY = datetime.timedelta(days=1)


def appointment_of(contact: Contact, *, lock: bool = True) -> Appointment | None:
    """The client's offered time of the same day that is nearest to the meeting; locked unless it is only asked for."""
    if contact.channel != Channel.MEETING:
        return None
    day = timezone.localtime(contact.at).replace(hour=0, minute=0, second=0, microsecond=0)
    times = Appointment.objects.select_for_update(of=("self",)) if lock else Appointment.objects.all()
    rows = times.filter(client=contact.client, state=AppointmentState.OFFERED, at__gte=day, at__lt=day + DAY)
    return min(rows, key=lambda row: abs(row.at - contact.at), default=None)


def marked_without_words(contact: Contact) -> Contact | None:
    """The contact that a mark of the same day has made, if nothing was written to it: the new one is its words."""
    if contact.channel != Channel.MEETING or not (contact.text or contact.client_words):
        return None
    day = timezone.localtime(contact.at).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        Contact.objects.select_for_update(of=("self",))
        .filter(
            client=contact.client,
            matter=contact.matter,
            appointment__isnull=False,
            outcome=contact.outcome,
            text="",
            client_words="",
            at__gte=day,
            at__lt=day + DAY,
        )
        .first()
    )


def mark_by(contact: Contact, appointment: Appointment) -> None:
    """The stored contact settles the time."""
    appointment.contact = contact
    appointment.state = STATE_OF[contact.outcome]
    appointment.settled_at = timezone.now()
    appointment.version += 1
    appointment.save(update_fields=["contact", "state", "settled_at", "version"])

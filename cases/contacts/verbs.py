"""A contact with a client: one record, one event, and what it means for the matter's deadlines and attempts."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.contacts.meetings import appointment_of, mark_by, marked_without_words
from cases.matters import rules
from cases.matters.changing import begin, changing
from cases.matters.returning import return_by
from cases.models import Appointment, Client, Contact, Matter
from cases.models.contact import Channel, ContactOutcome
from cases.timeline.events import record_event
from core.day_limits import PAST, Span, check_day
from core.saving import NotPossible

OUTCOMES_OF: dict[str, frozenset[str]] = {
    Channel.CALL: frozenset({ContactOutcome.REACHED, ContactOutcome.NO_ANSWER, ContactOutcome.LEFT_MESSAGE}),
    Channel.MESSAGE: frozenset({ContactOutcome.SENT, ContactOutcome.REACHED}),
    Channel.LETTER: frozenset({ContactOutcome.SENT, ContactOutcome.REACHED}),
    Channel.VISIT: frozenset({ContactOutcome.REACHED, ContactOutcome.NO_ANSWER, ContactOutcome.LEFT_MESSAGE}),
    Channel.MEETING: frozenset({ContactOutcome.REACHED, ContactOutcome.DID_NOT_COME}),
}
CLOCKS_DIFFER = datetime.timedelta(minutes=2)


def record_contact(
    actor: User,
    client: Client,
    *,
    matter: Matter | None = None,
    channel: str,
    outcome: str,
    at: datetime.datetime,
    text: str = "",
    client_words: str = "",
    appointment: Appointment | None = None,
    must_be_open: bool = False,
    return_on: datetime.date | None = None,
) -> Contact:
    """Record what was done to reach the client and what came of it.

    What came of a letter or a time may be recorded of a closed matter too; a person who begins with the matter records
    of an open one (`must_be_open`).

    A meeting settles the time that was offered for it: `appointment`, else the one of that day. No contact does a duty:
    that is for an act (`cases.acts`). `return_on`: the day on which one returns to the matter.
    """
    check_contact(matter, channel, outcome, at)
    contact = Contact(
        municipality_id=client.municipality_id,
        client=client,
        matter=matter,
        channel=channel,
        outcome=outcome,
        at=at,
        text=text.strip(),
        client_words=client_words.strip(),
        by=actor,
    )
    with transaction.atomic():
        other = _other_matter(contact)
        if matter is None:
            contact = _store(contact, appointment)
        else:
            with changing(matter) as file:
                if must_be_open:
                    rules.require(rules.CONTACT, actor, file)
                contact = _store(contact, appointment)
                return_by(matter, return_on)
                begin(actor, matter)
        if other is not None:
            with changing(other):
                pass
    return contact


def _other_matter(contact: Contact) -> Matter | None:
    """The matter of the time that the meeting settles, if it is another one; both are locked, in the order of keys."""
    time = None if contact.channel != Channel.MEETING else appointment_of(contact, lock=False)
    if time is None or time.matter_id in (None, contact.matter_id):
        return None
    both = Matter.objects.filter(pk__in=[key for key in (time.matter_id, contact.matter_id) if key])
    return {row.pk: row for row in both.select_for_update(of=("self",)).order_by("pk")}.get(time.matter_id or 0)


def check_contact(matter: Matter | None, channel: str, outcome: str, at: datetime.datetime) -> None:
    """Raises NotPossible beside the field that is wrong."""
    if outcome not in OUTCOMES_OF.get(channel, ()):
        raise NotPossible(_("Choose how it went so that it fits what was done."), "outcome")
    if at > timezone.now() + CLOCKS_DIFFER:
        raise NotPossible(_("The time cannot be in the future."), "at")
    check_day(at.date(), Span(back=PAST.back, ahead=1))
    if matter is not None and timezone.localdate(at) < matter.arrived:
        raise NotPossible(_("The time cannot be before the matter arrived."), "at")


def _store(contact: Contact, appointment: Appointment | None) -> Contact:
    marked = marked_without_words(contact) if appointment is None else None
    if marked is not None:
        marked.text, marked.client_words = contact.text, contact.client_words
        marked.save(update_fields=["text", "client_words"])
        return marked
    appointment = appointment or appointment_of(contact)
    contact.save()
    if appointment is not None:
        mark_by(contact, appointment)
    record_event(
        "contact.recorded",
        client=contact.client,
        actor=contact.by,
        matter=contact.matter,
        at=contact.at,
        contact=contact.pk,
        channel=str(contact.channel),
        outcome=str(contact.outcome),
    )
    return contact

"""What follows from a note when it is finished: listed before it is done, and done as it was listed."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from cases.appointments.verbs import mark, offer
from cases.contacts.verbs import CLOCKS_DIFFER, check_contact, record_contact
from cases.models import Appointment, Client, Contact, Matter
from cases.models.appointment import AppointmentState
from core.dates import clock, short_day
from core.day_limits import APPOINTMENTS, check_day
from core.saving import NotPossible
from records.content.values import is_empty
from records.models import AgreedItem, ColleagueQuestion, Document
from records.notes.entry import CANCELLED, CHANNELS, OUTCOMES, Agreed, Entry, Went

Act = Callable[[Document], None]
STATES: dict[Went, AppointmentState] = {
    Went.HELD: AppointmentState.MET,
    Went.DID_NOT_COME: AppointmentState.MISSED,
    Went.CANCELLED_BY_CLIENT: AppointmentState.CANCELLED_BY_CLIENT,
    Went.CANCELLED_BY_OFFICE: AppointmentState.CANCELLED_BY_OFFICE,
}


@dataclass(frozen=True, slots=True)
class Step:
    """`words` say what will be done, `picture` is its icon; `act` does it."""

    words: str
    picture: str
    act: Act


@dataclass(frozen=True, slots=True)
class Situation:
    """What a note is about, as the page has read it. `workers` are those to whom something may be left."""

    actor: User
    client: Client
    matter: Matter | None
    appointment: Appointment | None
    workers: dict[int, User]


def steps(entry: Entry, here: Situation) -> list[Step]:
    """In the order in which they are done."""
    _check_moment(entry)
    found = [_of_contact(entry, here)]
    found += [_of_agreed(entry, n, one, here) for n, one in enumerate(entry.agreed)]
    found += [_of_next_time(entry, here), _of_question(entry, here)]
    return [step for step in found if step is not None]


def _check_moment(entry: Entry) -> None:
    at = entry.moment
    if at is not None and entry.went not in CANCELLED and at > timezone.now() + CLOCKS_DIFFER:
        raise NotPossible(_("The time cannot be in the future."), "at")


def _of_contact(entry: Entry, here: Situation) -> Step | None:
    appointment = here.appointment
    if appointment is not None and entry.went in STATES:
        state = STATES[entry.went]
        words = _("The time %(day)s %(time)s is marked: %(state)s.") % {
            "day": short_day(appointment.at),
            "time": clock(appointment.at),
            "state": str(state.label).lower(),
        }
        return Step(words, "meet", lambda document: _mark(entry, here, state, document))
    if entry.source not in CHANNELS or entry.went not in OUTCOMES:
        return None
    at = entry.moment or timezone.now()
    check_contact(here.matter, CHANNELS[entry.source], OUTCOMES[entry.went], at)
    words = _("A contact is recorded: %(channel)s, %(outcome)s.") % {
        "channel": CHANNELS[entry.source].label,
        "outcome": OUTCOMES[entry.went].label,
    }
    return Step(words, "phone", lambda document: _contact(entry, here, document))


def _mark(entry: Entry, here: Situation, state: AppointmentState, document: Document) -> None:
    assert here.appointment is not None  # noqa: S101 - asked above
    mark(here.actor, here.appointment, state)
    _remember(document, here.appointment.contact)


def _contact(entry: Entry, here: Situation, document: Document) -> None:
    contact = record_contact(
        here.actor,
        here.client,
        matter=here.matter,
        channel=CHANNELS[entry.source],
        outcome=OUTCOMES[entry.went],
        at=entry.moment or timezone.now(),
    )
    _remember(document, contact)


def _remember(document: Document, contact: Contact | None) -> None:
    document.contact = contact
    document.save(update_fields=["contact"])


def _of_agreed(entry: Entry, n: int, one: Agreed, here: Situation) -> Step:
    if is_empty(one.what):
        raise NotPossible(_("Write what is done."), f"agreed.{n}.what")
    worker = here.workers.get(one.worker or 0)
    if one.worker and worker is None:
        raise NotPossible(_("Choose somebody who works here."), f"agreed.{n}.worker")
    day = _day(one.by_when, f"agreed.{n}.by_when")
    if worker is not None and day is not None:
        who = _("you") if worker == here.actor else worker.name
        words = _("“%(what)s” is on Today %(day)s: %(who)s.") % {"what": one.what, "day": short_day(day), "who": who}
    else:
        words = _("“%(what)s” is kept among what was agreed.") % {"what": one.what}
    return Step(words, "clock", lambda document: _agree(one, n, worker, day, document))


def _agree(one: Agreed, n: int, worker: User | None, day: datetime.date | None, document: Document) -> None:
    AgreedItem.objects.create(
        municipality_id=document.municipality_id,
        client_id=document.client_id,
        document=document,
        position=n,
        what=one.what,
        worker=worker,
        who="" if worker else one.who,
        by_when=day,
    )


def _of_next_time(entry: Entry, here: Situation) -> Step | None:
    if entry.next_time is None:
        return None
    at, place = datetime.datetime.fromisoformat(entry.next_time.at), entry.next_time.place
    check_day(timezone.localdate(at), APPOINTMENTS, field="next_time.day")
    if at <= timezone.now():
        raise NotPossible(_("The next time has to be in the future."), "next_time.day")
    words = capfirst(_("%(day)s %(time)s is booked with you.") % {"day": short_day(at), "time": clock(at)})
    matter = here.matter if here.matter is not None and here.matter.is_open else None

    def act(_document: Document) -> None:
        offer(here.actor, here.client, at=at, worker=here.actor, matter=matter, place=place)

    return Step(words, "meet", act)


def _of_question(entry: Entry, here: Situation) -> Step | None:
    if entry.question is None:
        return None
    colleague, text = here.workers.get(entry.question.to), entry.question.text
    if colleague is None or colleague == here.actor:
        raise NotPossible(_("Choose a colleague who works here."), "question.to")
    if is_empty(text):
        raise NotPossible(_("Write the question."), "question.text")

    def act(document: Document) -> None:
        ColleagueQuestion.objects.create(
            municipality_id=document.municipality_id,
            client_id=document.client_id,
            document=document,
            asked_by=here.actor,
            to=colleague,
            text=text,
        )

    return Step(_("%(name)s gets the question.") % {"name": colleague.name}, "at", act)


def _day(text: str, field: str) -> datetime.date | None:
    if not text:
        return None
    day = datetime.date.fromisoformat(text)
    check_day(day, field=field)
    return day

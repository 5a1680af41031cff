"""Times that were offered and letters that were written, as the services leave them."""

import datetime
from collections.abc import Sequence
from typing import Final

from django.utils import timezone

from cases.clients.addresses import postal_addresses
from cases.letters.fields import fill
from cases.letters.values import common_fields, letter_language, not_reached_fields
from cases.letters.words import WORDS
from cases.models import Appointment, Contact, Letter
from cases.models.appointment import AppointmentState
from cases.models.letter import LetterKind
from demo.course import Course, Deed, WrittenLetter
from demo.scale import KANGASALA, KEMIJARVI, KUOPIO, RAISIO, TAMPERE, TORNIO
from municipalities.models import LocalSettings, Municipality

UNMARKED: Final = datetime.timedelta(days=6)
PLACES: Final = {
    KANGASALA: ("Kangasalan kaupunki", "36200 Kangasala"),
    KUOPIO: ("Kuopion kaupunki", "70100 Kuopio"),
    KEMIJARVI: ("Kemijärven kaupunki", "98100 Kemijärvi"),
    RAISIO: ("Raision kaupunki", "21200 Raisio"),
    TAMPERE: ("Tampereen kaupunki", "33100 Tampere"),
    TORNIO: ("Tornion kaupunki", "95400 Tornio"),
}


def say_where_to_turn(codes: Sequence[int]) -> None:
    """The sender of letters, and where to turn, in the settings of the municipalities."""
    for code in codes:
        name, place = PLACES[code]
        LocalSettings.objects.update_or_create(
            municipality_id=code,
            defaults={
                "letter_sender": f"{name}\nSosiaalipalvelut\nMallikatu 1\n{place}",
                "letter_contact": f"Sosiaaliohjaus, Mallikatu 1, {place}\nPuhelin 040 000 00 00, arkisin klo 9–11",
            },
        )


def leave_unmarked(courses: Sequence[Course], now: datetime.datetime) -> None:
    """The latest meeting of some workers has been, but nobody has marked what became of it; none that opened a case."""
    asked: set[int] = set()
    for course in sorted(courses, key=lambda one: one.matter.pk, reverse=True):
        done = [deed for deed in course.deeds if deed.at <= now]
        settled = course.times[-1].settled if course.times else None
        recent = bool(done) and done[-1] is settled and now - done[-1].at < UNMARKED and course.case_at is None
        if settled and settled.contact and recent and course.worker.pk not in asked:
            course.deeds = done[:-1]
            asked.add(course.worker.pk)


def store_times(courses: Sequence[Course], now: datetime.datetime) -> None:
    """Those offered by `now`; what became of them only if it has happened. One that waits for a mark has passed."""
    kept: list[tuple[Deed, Appointment]] = []
    for course in courses:
        done = {id(deed) for deed in course.deeds if deed.at <= now}
        for time in course.times:
            if id(time.offered) not in done or time.settled is None:
                continue
            row = time.appointment
            if id(time.settled) in done:
                row.contact = time.settled.contact
                row.version = 2
            else:
                row.state, row.settled_at = AppointmentState.OFFERED, None
            kept.append((time.offered, row))
    Appointment.objects.bulk_create((row for _, row in kept), batch_size=1000)
    for offered, row in kept:
        offered.data["appointment"] = row.pk


def first_times(courses: Sequence[Course], now: datetime.datetime) -> dict[int, datetime.date]:
    """By matter, the day of the first time that was offered by `now` and is not marked."""
    found: dict[int, datetime.date] = {}
    for course in courses:
        done = {id(deed) for deed in course.deeds if deed.at <= now}
        for time in course.times:
            if time.settled is not None and id(time.offered) in done and id(time.settled) not in done:
                day = timezone.localdate(time.appointment.at)
                found[course.matter.pk] = min(day, found.get(course.matter.pk, day))
    return found


def store_letters(courses: Sequence[Course], now: datetime.datetime) -> None:
    """Those made by `now`, sent if they have been."""
    made = [
        (course, written)
        for course in courses
        for written in course.letters
        if written.made.at <= now and written.made in course.deeds
    ]
    addresses = postal_addresses({course.matter.client_id for course, _ in made})
    places = Municipality.objects.in_bulk({course.matter.municipality_id for course, _ in made})
    settings = {pk: LocalSettings.objects.of(pk) for pk in places}
    letters = []
    for course, written in made:
        code = course.matter.municipality_id
        letters.append(letter_of(course, written, places[code], settings[code], now))
        address = addresses[course.matter.client_id]
        letters[-1].street, letters[-1].postal_code = address.value, address.postal_code
        letters[-1].post_office = address.post_office
    Letter.objects.bulk_create(letters)
    for (_course, written), letter in zip(made, letters, strict=True):
        written.made.data["letter"] = letter.pk


def letter_of(
    course: Course, written: WrittenLetter, municipality: Municipality, settings: LocalSettings, now: datetime.datetime
) -> Letter:
    client = course.matter.client
    language = letter_language(client, municipality)
    words = WORDS[LetterKind.NOT_REACHED, language]
    tried: list[Contact] = [deed.contact for deed in course.deeds if deed.contact and deed.at < written.made.at]
    common = common_fields(
        client, municipality, settings, language=language, worker=written.made.actor.name, phone="040 000 00 00"
    )
    sent = written.sent if written.sent and written.sent.at <= now and written.sent in course.deeds else None
    return Letter(
        municipality=municipality,
        client=client,
        matter=course.matter,
        kind=LetterKind.NOT_REACHED,
        language=language,
        recipient=client.full_name,
        subject=words.subject,
        body=fill(words.body, {**common, **not_reached_fields(tried, language)}),
        made_at=written.made.at,
        made_by=written.made.actor,
        sent_on=timezone.localdate(sent.at) if sent else None,
        sent_by=sent.actor if sent else None,
        contact=sent.contact if sent else None,
    )

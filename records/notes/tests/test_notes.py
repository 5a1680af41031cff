"""One entry: the note, and what follows from it."""

import datetime
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from cases.appointments.verbs import offer
from cases.models import Appointment, Client, Contact, Matter
from cases.models.appointment import AppointmentState
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import Municipality, Unit
from records.models import AgreedItem, ColleagueQuestion, Document, Version
from records.notes.content import content_of, number_of
from records.notes.entry import (
    WENT_OF,
    Agreed,
    Entry,
    NextTime,
    Question,
    Source,
    Went,
    as_json,
    from_json,
)
from records.notes.steps import Situation, steps
from records.notes.verbs import answer, begin_note, do_agreed, finish_note, put_aside, save_note
from records.out.checking import faults
from records.out.national import Person, national
from records.out.text import whole
from records.structures.registry import in_force
from testing.clock import NOW
from testing.factories import make_client, make_matter

CALL = Entry(Source.CALL, Went.TALKED, at="2018-11-13T10:00:00+02:00", text="Sovittiin laskuista.")


@pytest.fixture
def veikko(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Veikko", family_name="Mallikas")


@pytest.fixture
def matter(veikko: Client, aino: User, southern: Unit) -> Matter:
    return make_matter(veikko, assignee=aino, unit=southern, arrived=datetime.date(2018, 11, 1))


@pytest.fixture
def here(aino: User, eetu: User, veikko: Client, matter: Matter) -> Situation:
    return Situation(aino, veikko, matter, None, {aino.pk: aino, eetu.pk: eetu})


def note(entry: Entry, here: Situation) -> Document:
    """Begun, saved once and finished."""
    document = begin_note(here.actor, here.client, replace(entry, text=""), matter=here.matter, language="fi")
    names = {pk: user.name for pk, user in here.workers.items()}
    saved = save_note(here.actor, document, entry, document.open_version.saves, names)
    finish_note(here.actor, document, saved.saves, here)
    return document


def kept_time(aino: User, veikko: Client, matter: Matter) -> Appointment:
    time = offer(aino, veikko, at=NOW + datetime.timedelta(hours=1), worker=aino, matter=matter)
    Appointment.objects.filter(pk=time.pk).update(at=NOW - datetime.timedelta(hours=2))
    time.refresh_from_db()
    return time


class TestANoteOfACall:
    def test_is_one_entry_for_the_contact_and_the_record(self, here: Situation) -> None:
        document = note(CALL, here)
        contact = Contact.objects.get()
        assert (contact.channel, contact.outcome, contact.matter) == ("call", "reached", here.matter)
        assert document.contact == contact
        assert document.happened_at == contact.at

    def test_is_told_in_the_national_structure(self, here: Situation) -> None:
        version = note(replace(CALL, client_words="Torstai jännittää."), here).versions.get()
        assert version.structure.startswith("1.2.246.537.6.1506.19005.")
        assert "Sovittiin laskuista." in whole(version, "fi")
        assert "Asiakas kertoi: Torstai jännittää." in whole(version, "fi")

    def test_without_a_word_is_refused(self, here: Situation) -> None:
        with pytest.raises(NotPossible) as refusal:
            note(replace(CALL, text=" "), here)
        assert refusal.value.field == "text"
        assert not Contact.objects.exists()


class TestANoteOfAMeeting:
    def test_settles_its_time(self, here: Situation, aino: User, veikko: Client, matter: Matter) -> None:
        time = kept_time(aino, veikko, matter)
        there = replace(here, appointment=time)
        document = note(Entry(Source.MEETING, Went.HELD, at=time.at.isoformat(), text="Tavattiin."), there)
        time.refresh_from_db()
        assert time.state == AppointmentState.MET
        assert document.contact == time.contact

    def test_to_which_the_client_did_not_come_is_no_cancellation(
        self, here: Situation, aino: User, veikko: Client, matter: Matter
    ) -> None:
        time = kept_time(aino, veikko, matter)
        entry = Entry(Source.MEETING, Went.DID_NOT_COME, at=time.at.isoformat(), text="Odotettiin puoli tuntia.")
        document = note(entry, replace(here, appointment=time))
        time.refresh_from_db()
        assert (time.state, document.number) == (AppointmentState.MISSED, "19013")
        assert "Asiakas ei tullut." in whole(document.versions.get(), "fi")

    @pytest.mark.parametrize(("went", "code"), [(Went.CANCELLED_BY_CLIENT, "Y30"), (Went.CANCELLED_BY_OFFICE, "Y32")])
    def test_that_was_cancelled_says_by_whom(
        self, here: Situation, aino: User, veikko: Client, matter: Matter, went: Went, code: str
    ) -> None:
        time = kept_time(aino, veikko, matter)
        entry = Entry(Source.MEETING, went, at=time.at.isoformat(), text="Peruttiin aamulla.")
        version = note(entry, replace(here, appointment=time)).versions.get()
        time.refresh_from_db()
        assert time.state == str(went)
        assert version.content["asiakaskertomusmerkinta"]["tapahtuma"]["peruuntumisen_syy"] == code
        assert not Contact.objects.exists()


class TestWhatFollows:
    def test_an_agreed_thing_with_a_worker_and_a_day_is_a_task(self, here: Situation, aino: User) -> None:
        agreed = (Agreed("Soittaa ulosottoon", aino.pk, by_when="2018-11-16"), Agreed("Kokoaa kirjeet"))
        document = note(replace(CALL, agreed=agreed), here)
        rows = list(AgreedItem.objects.order_by("position"))
        assert [(row.what, row.worker, str(row.by_when or "")) for row in rows] == [
            ("Soittaa ulosottoon", aino, "2018-11-16"),
            ("Kokoaa kirjeet", None, ""),
        ]
        text = whole(document.versions.get(), "fi")
        assert "Soittaa ulosottoon: Aino Demolainen, viimeistään 16.11.2018" in text
        assert "Kokoaa kirjeet: asiakas" in text

    def test_the_next_time_is_booked(self, here: Situation) -> None:
        note(replace(CALL, next_time=NextTime("2018-11-27T13:00:00+02:00", "huone 3")), here)
        time = Appointment.objects.get()
        assert (timezone.localtime(time.at).hour, time.place, time.worker) == (13, "huone 3", here.actor)

    def test_a_colleague_gets_the_question(self, here: Situation, eetu: User) -> None:
        note(replace(CALL, question=Question(eetu.pk, "Pääsetkö mukaan?")), here)
        question = ColleagueQuestion.objects.get()
        assert (question.to, question.text, question.answered_at) == (eetu, "Pääsetkö mukaan?", None)

    def test_is_listed_before_it_is_done_and_each_line_is_done(self, here: Situation, eetu: User) -> None:
        entry = replace(
            CALL,
            agreed=(Agreed("Soittaa", here.actor.pk, by_when="2018-11-16"),),
            next_time=NextTime("2018-11-27T13:00:00+02:00"),
            question=Question(eetu.pk, "Pääsetkö?"),
        )
        assert len(steps(entry, here)) == 4
        note(entry, here)
        assert [model.objects.count() for model in (Contact, AgreedItem, Appointment, ColleagueQuestion)] == [1] * 4

    def test_all_of_it_or_nothing(self, here: Situation) -> None:
        with pytest.raises(NotPossible):
            note(replace(CALL, question=Question(0, "Kenelle?")), here)
        assert not Contact.objects.exists()
        assert not AgreedItem.objects.exists()

    def test_a_day_out_of_reach_is_refused_beside_its_field(self, here: Situation) -> None:
        with pytest.raises(NotPossible) as refusal:
            note(replace(CALL, agreed=(Agreed("Soittaa", here.actor.pk, by_when="2118-11-16"),)), here)
        assert refusal.value.field == "agreed.0.by_when"


class TestADraft:
    def test_keeps_every_part_of_the_entry(self, here: Situation, eetu: User) -> None:
        entry = replace(CALL, agreed=(Agreed("Soittaa"),), question=Question(eetu.pk, "Pääsetkö?"), goals=("7",))
        document = begin_note(here.actor, here.client, CALL, language="fi")
        save_note(here.actor, document, entry, 0, {})
        assert from_json(Document.objects.get().open_version.aside) == entry

    def test_becomes_another_structure_with_what_happened(self, here: Situation) -> None:
        document = begin_note(here.actor, here.client, CALL, language="fi")
        entry = replace(CALL, source=Source.NETWORK, went=Went.HELD)
        save_note(here.actor, document, entry, 0, {})
        row = Document.objects.get()
        assert row.number == "19004"
        assert row.open_version.structure.startswith("1.2.246.537.6.1506.19004.")

    def test_is_not_written_over_from_an_older_page(self, here: Situation) -> None:
        document = begin_note(here.actor, here.client, CALL, language="fi")
        save_note(here.actor, document, CALL, 0, {})
        with pytest.raises(ChangedMeanwhile):
            save_note(here.actor, document, replace(CALL, text="Vanha"), 0, {})

    def test_that_does_not_fit_is_refused(self, here: Situation) -> None:
        document = begin_note(here.actor, here.client, CALL, language="fi")
        with pytest.raises(NotPossible) as refusal:
            save_note(here.actor, document, replace(CALL, went=Went.DID_NOT_COME), 0, {})
        assert refusal.value.field == "went"


class TestWhatIsLeftToDo:
    @pytest.fixture
    def item(self, here: Situation) -> AgreedItem:
        note(replace(CALL, agreed=(Agreed("Soittaa", here.actor.pk, by_when="2018-11-16"),)), here)
        return AgreedItem.objects.get()

    def test_is_done_once(self, aino: User, item: AgreedItem) -> None:
        do_agreed(aino, item)
        assert not AgreedItem.objects.open().exists()
        with pytest.raises(NotPossible):
            do_agreed(aino, item)

    def test_is_put_aside_with_a_reason(self, aino: User, item: AgreedItem) -> None:
        with pytest.raises(NotPossible):
            put_aside(aino, item, " ")
        put_aside(aino, item, "Ulosotto päättyi.")
        assert not AgreedItem.objects.open().exists()

    def test_a_question_is_answered_by_who_was_asked(self, here: Situation, aino: User, eetu: User) -> None:
        note(replace(CALL, question=Question(eetu.pk, "Pääsetkö?")), here)
        question = ColleagueQuestion.objects.get()
        with pytest.raises(NotPossible):
            answer(aino, question, "Itse vastaan.")
        answer(eetu, question, "Pääsen.")
        with pytest.raises(NotPossible):
            answer(eetu, question, "Taas.")
        question.refresh_from_db()
        assert question.answer == "Pääsen."


EVERY_KIND = [(source, went) for source, kinds in WENT_OF.items() for went in kinds]


@pytest.mark.parametrize(("source", "went"), EVERY_KIND)
def test_every_kind_of_note_is_valid_in_its_national_structure(source: Source, went: Went) -> None:
    entry = Entry(
        source,
        went,
        at="2018-11-13T10:00:00+02:00",
        until="2018-11-13T10:50:00+02:00",
        place="huone 3",
        participants=("Veikko Mallikas", "Sirpa, sisko"),
        text="Kävimme läpi kolme laskua.",
        client_words="Nyt tiedän.",
        assessment="Talous pysyy hallinnassa.",
        agreed=(Agreed("Soittaa", 1, by_when="2018-11-16"), Agreed("Kokoaa", who="Sirpa, sisko")),
    )
    written_in = in_force(number_of(entry), datetime.date(2018, 11, 13))
    content = content_of(entry, written_in, "fi", {1: "Aino Demolainen"})
    version = Version(structure=written_in.oid, content=content, finished_at=NOW, language="fi")
    document = national(version, Person("Mallikas", "Veikko", "010170-9012"), Person("Demolainen", "Aino"))
    assert faults(document, written_in.oid) == []
    assert "Kävimme läpi kolme laskua." in whole(version, "fi")


entries: Any = st.builds(
    Entry,
    source=st.sampled_from(Source),
    went=st.sampled_from(Went),
    at=st.sampled_from(["", "2018-11-13T10:00:00+02:00"]),
    text=st.text(max_size=50),
    client_words=st.text(max_size=20),
    appointment=st.none() | st.integers(1, 9),
    goals=st.lists(st.text(max_size=3), max_size=3).map(tuple),
    agreed=st.lists(st.builds(Agreed, st.text(max_size=9), st.none() | st.integers(1, 9)), max_size=3).map(tuple),
    next_time=st.none() | st.builds(NextTime, st.just("2018-11-27T13:00:00+02:00")),
    question=st.none() | st.builds(Question, st.integers(1, 9), st.text(max_size=9)),
)


@given(entries)
def test_an_entry_comes_back_from_json_as_it_was(entry: Entry) -> None:
    assert from_json(as_json(entry)) == entry

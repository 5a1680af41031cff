"""Times offered to clients: what becomes of them, and that a meeting is counted once."""

import datetime

import pytest

from accounts.models import User
from cases.appointments.verbs import correct, mark, move, offer, warnings
from cases.contacts.verbs import record_contact
from cases.matters.life import close
from cases.matters.rules import settles
from cases.models import Appointment, Client, Contact, Event, Matter, MatterKind, MatterState
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel, ContactOutcome
from cases.models.matter import Outcome
from cases.relations.verbs import assign_own_worker
from cases.timeline.sentences import sentence
from core.saving import ChangedMeanwhile, NotPossible
from desk.appointments.forms import MOVED_BY_CLIENT, choices_of
from municipalities.models import Municipality
from testing.clock import NOW, Clock
from testing.factories import make_client, make_matter

TOMORROW = NOW + datetime.timedelta(days=1)
LATER = NOW + datetime.timedelta(days=2)


@pytest.fixture
def matter(kuopio: Municipality, aino: User) -> Matter:
    client = make_client(kuopio, given_names="Tauno", family_name="Ylämalli")
    return make_matter(client, MatterKind.DISCUSSION, datetime.date(2018, 11, 12), wants_discussion=True, assignee=aino)


@pytest.fixture
def time(matter: Matter, aino: User) -> Appointment:
    return offer(aino, matter.client, matter=matter, at=TOMORROW, worker=aino, place="Huone 2")


def reread(row: Appointment) -> Appointment:
    return Appointment.objects.select_related("contact", "matter", "client").get(pk=row.pk)


class TestOffering:
    def test_it_begins_the_matter_and_is_told(self, time: Appointment) -> None:
        assert time.matter
        time.matter.refresh_from_db()
        assert time.matter.state == MatterState.IN_PROGRESS
        assert "Huone 2" in sentence(Event.objects.get(kind="appointment.offered"))

    def test_the_time_is_in_the_future(self, matter: Matter, aino: User) -> None:
        with pytest.raises(NotPossible) as refusal:
            offer(aino, matter.client, matter=matter, at=NOW, worker=aino)
        assert refusal.value.field == "time"

    def test_the_worker_may_see_the_client(self, matter: Matter, aino: User, eetu: User, kaisa: User) -> None:
        Client.objects.filter(pk=matter.client_id).update(restricted=True)
        for worker in (eetu, kaisa):
            with pytest.raises(NotPossible) as refusal:
                offer(aino, matter.client, matter=matter, at=TOMORROW, worker=worker)
            assert refusal.value.field == "worker"

    def test_a_weekend_and_another_appointment_are_warned_of(self, time: Appointment, aino: User) -> None:
        assert warnings(aino, LATER) == []
        assert len(warnings(aino, TOMORROW + datetime.timedelta(minutes=15))) == 1
        assert warnings(aino, TOMORROW, but=time) == []
        assert len(warnings(aino, datetime.datetime(2018, 12, 6, 12, tzinfo=NOW.tzinfo))) == 1


class TestMarking:
    def test_one_that_was_kept_is_a_meeting_and_does_no_duty_by_itself(
        self, time: Appointment, aino: User, clock: Clock
    ) -> None:
        clock.move_to(LATER)
        mark(aino, time, AppointmentState.MET, text="Sovittiin.")
        row = reread(time)
        assert row.contact
        assert row.matter
        assert (row.state, row.contact.outcome, row.contact.at) == ("met", ContactOutcome.REACHED, TOMORROW)
        assert row.matter.deadlines.get().met_on is None

    def test_one_that_was_missed_is_an_attempt(self, time: Appointment, aino: User, clock: Clock) -> None:
        clock.move_to(LATER)
        mark(aino, time, AppointmentState.MISSED)
        row = reread(time)
        assert row.matter
        assert (row.state, row.matter.attempts) == ("missed", 1)

    def test_it_cannot_be_kept_before_it_has_come(self, time: Appointment, aino: User) -> None:
        with pytest.raises(NotPossible):
            mark(aino, time, AppointmentState.MET)
        assert not Contact.objects.exists()

    def test_a_cancelled_one_is_no_contact(self, time: Appointment, aino: User) -> None:
        mark(aino, time, AppointmentState.CANCELLED_BY_CLIENT)
        assert (reread(time).state, Contact.objects.count()) == ("cancelled_by_client", 0)
        with pytest.raises(NotPossible):
            mark(aino, time, AppointmentState.CANCELLED_BY_OFFICE)

    def test_moving_cancels_and_offers_anew(self, time: Appointment, aino: User) -> None:
        new = move(aino, time, by_client=True, at=LATER, worker=aino)
        assert (reread(time).state, new.state, new.matter_id) == ("cancelled_by_client", "offered", time.matter_id)
        assert "Ylämalli" not in sentence(Event.objects.get(kind="appointment.moved"))

    def test_an_older_page_changes_nothing(self, time: Appointment, aino: User) -> None:
        mark(aino, time, AppointmentState.CANCELLED_BY_CLIENT, version=1)
        with pytest.raises(ChangedMeanwhile):
            correct(aino, time, AppointmentState.OFFERED, version=1)


class TestCorrecting:
    def test_the_contact_follows_the_mark(self, time: Appointment, aino: User, clock: Clock) -> None:
        clock.move_to(LATER)
        mark(aino, time, AppointmentState.MISSED)
        correct(aino, reread(time), AppointmentState.MET)
        row = reread(time)
        assert row.matter
        assert (row.state, row.matter.attempts, Contact.objects.get().outcome) == ("met", 0, ContactOutcome.REACHED)
        correct(aino, row, AppointmentState.CANCELLED_BY_OFFICE)
        row = reread(time)
        assert row.matter
        assert (row.state, row.contact, Contact.objects.count()) == ("cancelled_by_office", None, 0)
        assert row.matter.deadlines.get().met_on is None
        correct(aino, row, AppointmentState.MET)
        assert Contact.objects.count() == 1
        correct(aino, reread(time), AppointmentState.OFFERED)
        assert (reread(time).settled_at, Contact.objects.count()) == (None, 0)
        assert all(sentence(event) for event in Event.objects.all())

    @pytest.mark.parametrize(("text", "client_words"), [("Sovittiin lapsen asioista", ""), ("", "Pelottaa")])
    def test_what_was_written_is_never_removed(
        self, time: Appointment, aino: User, clock: Clock, text: str, client_words: str
    ) -> None:
        clock.move_to(LATER)
        mark(aino, time, AppointmentState.MET, text=text, client_words=client_words)
        for state in (
            AppointmentState.OFFERED,
            AppointmentState.CANCELLED_BY_CLIENT,
            AppointmentState.CANCELLED_BY_OFFICE,
        ):
            with pytest.raises(NotPossible) as refusal:
                correct(aino, reread(time), state)
            assert refusal.value.field == "state"
        assert [value for value, _words in choices_of(reread(time))] == [AppointmentState.MISSED]
        correct(aino, reread(time), AppointmentState.MISSED)
        contact = Contact.objects.get()
        assert contact.outcome == ContactOutcome.DID_NOT_COME
        assert (contact.text, contact.client_words) == (text, client_words)

    @pytest.mark.parametrize("is_open", [True, False])
    def test_a_colleague_who_only_sees_the_matter_removes_nothing(
        self, time: Appointment, aino: User, leo: User, clock: Clock, *, is_open: bool
    ) -> None:
        clock.move_to(LATER)
        mark(aino, time, AppointmentState.MET)
        row = reread(time)
        if not is_open and row.matter:
            close(aino, row.matter, Outcome.MET_NO_NEED)
        for state in AppointmentState.values:
            with pytest.raises(NotPossible):
                correct(leo, reread(time), state)
        assert Contact.objects.count() == 1


class TestWhoseTime:
    def test_it_is_marked_by_its_worker_who_offered_it_and_who_decides(
        self, time: Appointment, aino: User, eetu: User, leo: User, sirkka: User
    ) -> None:
        row = reread(time)
        assert [who.name for who in (aino, leo, sirkka) if settles(who, row) is None] == [aino.name, sirkka.name]
        Appointment.objects.update(worker=eetu, by=leo)
        row = reread(time)
        assert [who.name for who in (aino, eetu, leo) if settles(who, row) is None] == [aino.name, eetu.name, leo.name]

    def test_who_only_offered_it_does_not_touch_what_came_of_it(
        self, time: Appointment, aino: User, leo: User, clock: Clock
    ) -> None:
        Appointment.objects.update(by=leo)
        clock.move_to(LATER)
        mark(aino, reread(time), AppointmentState.MET)
        assert settles(leo, reread(time)) is not None

    def test_about_no_matter_the_own_worker_and_the_supervisor_decide(
        self, matter: Matter, aino: User, leo: User, sirkka: User
    ) -> None:
        row = reread(offer(sirkka, matter.client, at=TOMORROW, worker=sirkka))
        assert [who.name for who in (aino, leo, sirkka) if settles(who, row) is None] == [sirkka.name]
        assign_own_worker(sirkka, matter.client, leo)
        assert settles(leo, reread(row)) is None

    def test_another_colleague_neither_marks_nor_moves_it(self, time: Appointment, leo: User) -> None:
        with pytest.raises(NotPossible):
            mark(leo, time, AppointmentState.CANCELLED_BY_OFFICE)
        with pytest.raises(NotPossible):
            move(leo, time, by_client=True, at=LATER, worker=leo)
        assert reread(time).state == AppointmentState.OFFERED


class TestClosedMatter:
    """About a matter that is closed no time stands offered, by whichever verb."""

    @pytest.fixture
    def closed(self, time: Appointment, aino: User) -> Appointment:
        assert time.matter
        close(aino, time.matter, Outcome.MET_NO_NEED)
        return time

    def test_a_time_is_not_moved(self, closed: Appointment, aino: User) -> None:
        with pytest.raises(NotPossible):
            move(aino, closed, by_client=True, at=LATER, worker=aino)
        assert Appointment.objects.count() == 1

    def test_a_mark_is_not_taken_back(self, closed: Appointment, aino: User) -> None:
        mark(aino, closed, AppointmentState.CANCELLED_BY_CLIENT)
        with pytest.raises(NotPossible):
            correct(aino, reread(closed), AppointmentState.OFFERED)
        correct(aino, reread(closed), AppointmentState.CANCELLED_BY_OFFICE)
        assert reread(closed).state == AppointmentState.CANCELLED_BY_OFFICE

    def test_the_form_offers_what_can_be_done(self, closed: Appointment, aino: User) -> None:
        assert MOVED_BY_CLIENT not in dict(choices_of(reread(closed)))
        mark(aino, closed, AppointmentState.CANCELLED_BY_CLIENT)
        assert AppointmentState.OFFERED not in dict(choices_of(reread(closed)))


class TestCountedOnce:
    def meet(self, actor: User, matter: Matter, outcome: str, text: str = "", hours: int = 1) -> Contact:
        at = TOMORROW + datetime.timedelta(hours=hours)
        return record_contact(
            actor, matter.client, matter=matter, channel=Channel.MEETING, outcome=outcome, at=at, text=text
        )

    def test_a_meeting_of_that_day_is_the_offered_time(
        self, time: Appointment, matter: Matter, aino: User, clock: Clock
    ) -> None:
        clock.move_to(LATER)
        contact = self.meet(aino, matter, ContactOutcome.REACHED)
        assert (reread(time).state, reread(time).contact) == ("met", contact)

    def test_words_written_after_the_mark_belong_to_its_contact(
        self, time: Appointment, matter: Matter, aino: User, clock: Clock
    ) -> None:
        clock.move_to(LATER)
        mark(aino, time, AppointmentState.MET)
        self.meet(aino, matter, ContactOutcome.REACHED, "Sovittiin uusi aika.")
        assert Contact.objects.get().text == "Sovittiin uusi aika."
        self.meet(aino, matter, ContactOutcome.REACHED, "Toinen tapaaminen samana päivänä.")
        assert Contact.objects.count() == 2

    def test_a_meeting_of_another_day_or_a_call_leaves_the_time_open(
        self, time: Appointment, matter: Matter, aino: User, clock: Clock
    ) -> None:
        clock.move_to(LATER + datetime.timedelta(days=1))
        self.meet(aino, matter, ContactOutcome.REACHED, hours=24)
        record_contact(
            aino, matter.client, matter=matter, channel=Channel.CALL, outcome=ContactOutcome.REACHED, at=TOMORROW
        )
        assert reread(time).state == "offered"

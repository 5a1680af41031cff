"""The act that a duty waits for, offered beside the contact and the time, and the day on which one returns."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from cases.appointments.verbs import offer
from cases.matters import life
from cases.models import Act, ActKind, Appointment, Contact, Deadline, Matter, MatterKind
from municipalities.models import Municipality
from testing.clock import DAY, NOW, TODAY, Clock
from testing.factories import make_client, make_matter
from testing.people import SignIn


@pytest.fixture
def need(kuopio: Municipality, aino: User) -> Matter:
    matter = make_matter(make_client(kuopio), MatterKind.SOCIAL_WORK_NEED, arrived=TODAY - 5 * DAY)
    life.take(aino, matter)
    return matter


def address(name: str, row: Matter | Appointment) -> str:
    return reverse(name, kwargs={"code": "297", "pk": row.pk})


def contact(matter: Matter, outcome: str = "reached", **more: Any) -> dict[str, Any]:
    return {"once": uuid.uuid4(), "version": matter.version, "channel": "call", "outcome": outcome, "text": "Sovittiin",
            "client_words": "", "day": f"{TODAY:%d.%m.%Y}", "time": "11.30", **more}  # fmt: skip


def test_the_form_of_a_contact_offers_what_the_duty_waits_for(signed_in: SignIn, aino: User, need: Matter) -> None:
    page = signed_in(aino).get(f"/297/tyojono/?avoin={need.pk}&teko=kirjaa").content.decode()
    assert "Aloita palvelutarpeen arviointi nyt" in page
    assert "Palaa tähän viimeistään" in page


def test_one_tick_records_both(signed_in: SignIn, aino: User, need: Matter) -> None:
    sent = contact(need, act="assessment_begun", return_on=f"{TODAY + 3 * DAY:%d.%m.%Y}")
    signed_in(aino).post(address("matter_contact", need), sent)
    act = Act.objects.get()
    assert (act.kind, act.day, act.how, act.by) == (ActKind.ASSESSMENT_BEGUN, TODAY, "call", aino)
    need.refresh_from_db()
    assert (Contact.objects.count(), need.due, need.remind_on) == (1, None, TODAY + 3 * DAY)


def test_without_the_tick_the_duty_runs_on(signed_in: SignIn, aino: User, need: Matter) -> None:
    signed_in(aino).post(address("matter_contact", need), contact(need))
    assert Contact.objects.count() == 1
    assert Deadline.objects.get(matter=need).met_on is None


def test_of_a_client_who_was_not_reached_neither_is_recorded(signed_in: SignIn, aino: User, need: Matter) -> None:
    sent = contact(need, "no_answer", act="assessment_begun")
    answer = signed_in(aino).post(address("matter_contact", need), sent)
    assert (answer.status_code, Contact.objects.count(), Act.objects.count()) == (422, 0, 0)


def test_a_left_out_day_is_the_default_and_the_message_says_which(signed_in: SignIn, aino: User, need: Matter) -> None:
    sent = {"once": uuid.uuid4(), "version": need.version, "kind": "assessment_begun", "day": f"{TODAY:%d.%m.%Y}",
            "how": "", "note": "", "return_on": ""}  # fmt: skip
    answer = signed_in(aino).post(address("matter_act", need), sent, follow=True)
    assert "palaa eteesi kunnan oletuksen mukaan: ti 27.11." in answer.content.decode()


def test_a_time_can_be_booked_for_the_assessment(signed_in: SignIn, aino: User, need: Matter) -> None:
    sent = {"once": uuid.uuid4(), "version": need.version, "day": f"{TODAY + DAY:%d.%m.%Y}", "time": "13.00",
            "worker": aino.pk, "place": "", "note": "", "act": "assessment_booked"}  # fmt: skip
    signed_in(aino).post(address("matter_offer", need), sent)
    assert Act.objects.get().appointment is not None
    need.refresh_from_db()
    assert (need.due, need.time_on) == (None, TODAY + DAY)


def test_a_time_that_was_kept_can_begin_the_assessment(
    signed_in: SignIn, aino: User, need: Matter, clock: Clock
) -> None:
    time = offer(aino, need.client, matter=need, at=NOW + DAY, worker=aino)
    clock.move_to(NOW + 2 * DAY)
    sent = {"once": uuid.uuid4(), "version": time.version, "what": "met", "text": "", "client_words": "",
            "act": "assessment_begun", "return_on": ""}  # fmt: skip
    signed_in(aino).post(address("appointment", time), sent)
    assert Act.objects.get().day == TODAY + DAY


def test_the_first_button_of_ones_own_matter_is_its_act(signed_in: SignIn, aino: User, need: Matter) -> None:
    page = signed_in(aino).get(f"/297/tyojono/?avoin={need.pk}").content.decode()
    assert "btn-primary" in page.split("Aloita arviointi…")[0].rsplit("<a ", 1)[1]


def test_an_urgent_walk_in_that_was_met_once_stays_on_today(
    signed_in: SignIn, kuopio: Municipality, aino: User
) -> None:
    urgent = make_matter(
        make_client(kuopio, family_name="Kiirehtivä"), MatterKind.CONTACT, arrived=TODAY - DAY, urgent=True
    )
    life.take(aino, urgent)
    browser = signed_in(aino)
    browser.post(address("matter_contact", urgent), contact(urgent))
    assert "Kiirehtivä" in browser.get("/297/").content.decode()
    urgent.refresh_from_db()
    browser.post(address("matter_contact", urgent), contact(urgent, act="assessment_begun", return_on=""))
    page = browser.get("/297/").content.decode()
    assert "Palaa asiaan huomenna" in page.replace(":", "")

"""Every open matter has a next date: set by the worker, by its deadlines and times, else by the local default."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from cases.acts.verbs import record_act
from cases.appointments.verbs import mark, offer
from cases.contacts.verbs import record_contact
from cases.deadlines.next_date import default_day, next_of
from cases.matters import life
from cases.matters.returning import remind
from cases.models import ActKind, Matter, MatterKind, MatterState
from cases.models.appointment import AppointmentState
from cases.models.contact import Channel, ContactOutcome
from cases.models.matter import Outcome
from core.saving import NotPossible
from municipalities.models import LocalSettings, Municipality
from testing.clock import DAY, NOW, TODAY
from testing.factories import make_client, make_matter

IN_TEN_WORKING_DAYS = datetime.date(2018, 11, 27)
TOMORROW = TODAY + DAY


@pytest.fixture
def matter(kuopio: Municipality, aino: User) -> Matter:
    return taken(kuopio, aino)


def taken(kuopio: Municipality, aino: User, **fields: Any) -> Matter:
    matter = make_matter(make_client(kuopio), MatterKind.SOCIAL_WORK_NEED, arrived=TODAY - 5 * DAY, **fields)
    life.take(aino, matter)
    return matter


def stored(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def begin(aino: User, matter: Matter, **more: Any) -> None:
    record_act(aino, matter, ActKind.ASSESSMENT_BEGUN, TODAY, **more)


def test_the_database_keeps_the_earliest_of_all(aino: User, matter: Matter) -> None:
    assert stored(matter).next_on == matter.due
    remind(aino, matter, TOMORROW)
    assert stored(matter).next_on == TOMORROW
    found = next_of(stored(matter))
    assert found
    assert found[0] == TOMORROW


def test_an_open_matter_without_any_is_refused_by_the_database(matter: Matter) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(due=None)


def test_where_nothing_else_is_left_the_local_default_is_set(aino: User, matter: Matter) -> None:
    begin(aino, matter)
    assert stored(matter).remind_on == IN_TEN_WORKING_DAYS
    assert matter.returns_by_default == IN_TEN_WORKING_DAYS


def test_an_urgent_one_comes_back_sooner(aino: User, kuopio: Municipality) -> None:
    urgent = taken(kuopio, aino, urgent=True)
    begin(aino, urgent)
    assert stored(urgent).next_on == TOMORROW


def test_urgent_is_never_weaker_than_ordinary(kuopio: Municipality) -> None:
    settings = LocalSettings(municipality=kuopio, return_days=3, return_days_urgent=8)
    assert default_day(settings, urgent=True) == default_day(settings, urgent=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        settings.save()


def test_the_worker_says_another_day(aino: User, matter: Matter) -> None:
    begin(aino, matter, return_on=TODAY + 2 * DAY)
    assert (stored(matter).remind_on, matter.returns_by_default) == (TODAY + 2 * DAY, None)


def test_an_urgent_matter_that_was_met_once_is_still_due_on_its_day(aino: User, kuopio: Municipality) -> None:
    urgent = taken(kuopio, aino, urgent=True)
    due = urgent.due
    record_contact(aino, urgent.client, matter=urgent, channel=Channel.MEETING, outcome=ContactOutcome.REACHED, at=NOW)
    assert stored(urgent).next_on == due


def test_a_time_that_is_offered_is_a_next_date_until_it_is_marked(aino: User, matter: Matter) -> None:
    time = offer(aino, matter.client, matter=matter, at=NOW + DAY, worker=aino)
    begin(aino, matter)
    assert (stored(matter).time_on, stored(matter).remind_on) == (TOMORROW, None)
    mark(aino, time, AppointmentState.CANCELLED_BY_CLIENT)
    assert (stored(matter).time_on, stored(matter).remind_on) == (None, IN_TEN_WORKING_DAYS)


def test_a_wait_is_one_too_and_going_on_brings_the_default(aino: User, matter: Matter) -> None:
    begin(aino, matter, return_on=TOMORROW)
    remind(aino, matter, None)
    life.set_waiting(aino, matter, MatterState.WAITING_CLIENT, TODAY + 30 * DAY)
    remind(aino, matter, None)
    assert (stored(matter).next_on, stored(matter).remind_on) == (TODAY + 30 * DAY, None)
    life.resume(aino, matter)
    assert stored(matter).next_on == IN_TEN_WORKING_DAYS


def test_a_reminder_whose_day_has_come_has_served_when_something_is_done(aino: User, matter: Matter) -> None:
    Matter.objects.filter(pk=matter.pk).update(remind_on=TODAY - DAY)
    record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=ContactOutcome.NO_ANSWER, at=NOW)
    assert stored(matter).remind_on is None


def test_a_reminder_is_of_a_day_to_come(aino: User, matter: Matter) -> None:
    with pytest.raises(NotPossible):
        remind(aino, matter, TODAY)


def test_closing_ends_them_and_opening_again_brings_the_default(aino: User, matter: Matter) -> None:
    remind(aino, matter, TOMORROW)
    life.close(aino, matter, Outcome.ASSESSMENT_MADE)
    assert stored(matter).next_on is None
    life.reopen(aino, matter, "Jatkuu")
    assert stored(matter).next_on is not None

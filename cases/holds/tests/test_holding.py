"""Matters held for capacity: who lets them go, when, and how many."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.holds.release_all import release_everywhere
from cases.holds.verbs import expected_weeks, held, release, release_of_week
from cases.matters import life as matters
from cases.models import Contact, Event, HoldRelease, Matter
from cases.models.contact import Channel, ContactOutcome
from cases.timeline.sentences import sentence
from core.row_security import set_scope
from core.saving import NotPossible
from municipalities.models import LocalSettings, Municipality
from testing.clock import NOW
from testing.factories import make_client, make_matter

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2018, 11, 12)
DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


def at(day: datetime.date, hour: int = 6) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def on_hold(municipality: Municipality, since: datetime.date = MONDAY - 3 * DAY, **fields: Any) -> Matter:
    return make_matter(make_client(municipality), "long_unemployed", since, held_since=since, **fields)


def share(municipality: Municipality, n: int) -> None:
    LocalSettings.objects.create(municipality=municipality, held_per_week=n)


class TestWeek:
    def test_the_oldest_go_first_and_no_more_than_the_share(self, kuopio: Municipality) -> None:
        share(kuopio, 2)
        late, first, second = (on_hold(kuopio, MONDAY - n * DAY) for n in (2, 9, 5))
        assert release_of_week(kuopio.pk, at(MONDAY)) == 2
        assert list(held(kuopio.pk)) == [late]
        assert {event.matter for event in Event.objects.filter(kind="matter.hold_released")} == {first, second}
        first.refresh_from_db()
        assert (first.version, first.state, first.assignee) == (2, "new", None)

    def test_a_second_time_in_the_week_releases_no_more(self, kuopio: Municipality) -> None:
        share(kuopio, 1)
        for n in (5, 6, 7):
            on_hold(kuopio, MONDAY - n * DAY)
        given = [release_of_week(kuopio.pk, at(MONDAY + n * DAY)) for n in (0, 0, 1, 6, 7, 8)]
        assert given == [1, 0, 0, 0, 1, 0]

    def test_after_weeks_without_the_program_one_share_goes(self, kuopio: Municipality) -> None:
        share(kuopio, 1)
        for n in (40, 41, 42):
            on_hold(kuopio, MONDAY - n * DAY)
        assert release_of_week(kuopio.pk, at(MONDAY + 3 * DAY)) == 1
        assert held(kuopio.pk).count() == 2

    def test_what_was_held_in_this_week_waits_for_the_next(self, kuopio: Municipality) -> None:
        share(kuopio, 5)
        on_hold(kuopio, MONDAY)
        assert release_of_week(kuopio.pk, at(MONDAY + 2 * DAY)) == 0
        assert not HoldRelease.objects.exists()
        assert release_of_week(kuopio.pk, at(MONDAY + WEEK)) == 1

    def test_a_share_of_none_releases_none(self, kuopio: Municipality) -> None:
        share(kuopio, 0)
        on_hold(kuopio)
        assert release_of_week(kuopio.pk, at(MONDAY)) == 0

    def test_the_day_begins_when_it_does_in_helsinki(self, kuopio: Municipality) -> None:
        on_hold(kuopio)
        sunday_in_greenwich = datetime.datetime(2018, 11, 11, 22, 30, tzinfo=datetime.UTC)
        assert release_of_week(kuopio.pk, sunday_in_greenwich) == 1

    @pytest.mark.at("2018-11-12 06:00")
    def test_each_municipality_has_its_own_share(self, kuopio: Municipality, tampere: Municipality) -> None:
        set_scope([kuopio.pk, tampere.pk])
        share(kuopio, 1)
        share(tampere, 2)
        for place in (kuopio, tampere):
            for _ in range(3):
                on_hold(place)
        assert release_everywhere() == 3
        assert (held(kuopio.pk).count(), held(tampere.pk).count()) == (2, 1)
        assert release_everywhere() == 0


def test_the_week_in_which_the_turn_comes_follows_from_the_order(kuopio: Municipality) -> None:
    share(kuopio, 2)
    found = [on_hold(kuopio, MONDAY + n * DAY) for n in range(5)]
    weeks = expected_weeks(kuopio.pk, [m.pk for m in found], MONDAY + 4 * DAY)
    assert [weeks[m.pk] for m in found] == [MONDAY + n * WEEK for n in (1, 1, 2, 2, 3)]


class TestByHand:
    def test_releasing_is_told_with_the_name(self, kuopio: Municipality, aino: User) -> None:
        matter = on_hold(kuopio)
        release(aino, matter)
        matter.refresh_from_db()
        assert (matter.held_since, matter.state) == (None, "new")
        assert sentence(Event.objects.get()) == "Aino Demolainen vapautti asian pidosta."
        with pytest.raises(NotPossible):
            release(aino, matter)

    def test_taking_ends_the_hold_and_undoing_brings_it_back(self, kuopio: Municipality, aino: User) -> None:
        matter = on_hold(kuopio)
        matters.take(aino, matter)
        assert matter.held_since is None
        matters.undo_take(aino, matter)
        matter.refresh_from_db()
        assert matter.held_since == MONDAY - 3 * DAY
        assert matter.assignee is None

    def test_giving_it_to_somebody_ends_the_hold(
        self, kuopio: Municipality, aino: User, eetu: User, sirkka: User
    ) -> None:
        first, second = on_hold(kuopio), on_hold(kuopio)
        matters.hand_over(aino, first, eetu)
        matters.assign(sirkka, second, aino)
        assert not held(kuopio.pk).exists()

    def test_closing_ends_the_hold(self, kuopio: Municipality, aino: User) -> None:
        matter = on_hold(kuopio)
        matters.close(aino, matter, "wrong_or_withdrawn", "Tuli väärään kuntaan")
        assert not held(kuopio.pk).exists()

    def test_a_call_in_between_leaves_it_on_hold(self, kuopio: Municipality, aino: User) -> None:
        matter = on_hold(kuopio)
        record_contact(
            aino,
            matter.client,
            matter=matter,
            channel=Channel.CALL,
            outcome=ContactOutcome.NO_ANSWER,
            at=NOW,
        )
        assert Contact.objects.exists()
        assert held(kuopio.pk).get() == matter

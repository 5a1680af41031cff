"""Two people on one matter at the same moment: one has it, the other hears so."""

import datetime
import threading
import time
from collections.abc import Callable

from django.db import connection, transaction

from accounts.models import User
from cases.holds.verbs import held, release_of_week
from cases.letters.verbs import delete_letters, make_letters
from cases.matters import life as matters
from cases.models import Client, ContactDetail, Event, Letter, Matter
from core.row_security import scope
from core.saving import NotPossible
from municipalities.models import LocalSettings, Municipality, Role
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import person

PATIENCE = 20


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        row = cursor.fetchone()
    return bool(row and row[0])


def in_own_connection(act: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_somebody_waits(other: threading.Thread) -> None:
    limit = time.monotonic() + PATIENCE
    while not somebody_waits():
        assert other.is_alive(), "the other one did not wait"
        assert time.monotonic() < limit


def test_of_two_who_take_at_once_one_has_the_matter(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([kuopio.pk]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        eetu = person("Eetu Esimerkki", "eetu@kuopio.example", Role.SOCIAL_COUNSELLOR, kuopio)
        matter = make_matter(make_client(kuopio))
    refused: list[str] = []

    def take_too() -> None:
        with scope([kuopio.pk]):
            try:
                matters.take(User.objects.get(pk=eetu.pk), Matter.objects.get(pk=matter.pk))
            except NotPossible as refusal:
                refused.append(str(refusal))

    with transaction.atomic(), scope([kuopio.pk]):
        matters.take(aino, matter)
        other = in_own_connection(take_too)
        wait_until_somebody_waits(other)
    other.join(PATIENCE)
    assert refused == ["Aino Demolainen on jo ottanut asian."]
    with scope([kuopio.pk]):
        assert Matter.objects.get(pk=matter.pk).assignee == aino
        assert Event.objects.filter(matter=matter).count() == 1


def put_on_hold(kuopio: Municipality, *days_ago: int) -> list[Matter]:
    found = [make_matter(make_client(kuopio), "long_unemployed", TODAY - datetime.timedelta(days=n)) for n in days_ago]
    for matter in found:
        Matter.objects.filter(pk=matter.pk).update(held_since=matter.arrived)
    return found


def test_of_two_weekly_releases_at_once_one_gives_the_share(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    given: list[int] = []
    with scope([kuopio.pk]):
        LocalSettings.objects.create(municipality=kuopio, held_per_week=1)
        put_on_hold(kuopio, 20, 21, 22)

    def release_too() -> None:
        with scope([kuopio.pk]):
            given.append(release_of_week(kuopio.pk))

    with transaction.atomic(), scope([kuopio.pk]):
        given.append(release_of_week(kuopio.pk))
        other = in_own_connection(release_too)
        wait_until_somebody_waits(other)
    other.join(PATIENCE)
    assert given == [1, 0]
    with scope([kuopio.pk]):
        assert held(kuopio.pk).count() == 2
        assert Event.objects.filter(kind="matter.hold_released").count() == 1


def test_the_weekly_release_takes_its_matters_in_the_order_of_their_keys(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    given: list[int] = []
    with scope([kuopio.pk]):
        LocalSettings.objects.create(municipality=kuopio, held_per_week=2)
        first, second = put_on_hold(kuopio, 20, 30)

    def release_both() -> None:
        with scope([kuopio.pk]):
            given.append(release_of_week(kuopio.pk))

    with transaction.atomic(), scope([kuopio.pk]):
        Matter.objects.select_for_update().get(pk=first.pk)
        other = in_own_connection(release_both)
        wait_until_somebody_waits(other)
        # the one that was held longer is free: whoever has the first goes on to it
        assert Matter.objects.select_for_update(nowait=True).get(pk=second.pk)
        Matter.objects.filter(pk=first.pk).update(held_since=None)
    other.join(PATIENCE)
    assert given == [1], "what was released meanwhile is not released again"
    with scope([kuopio.pk]):
        assert not held(kuopio.pk).exists()


def test_whoever_deletes_letters_takes_their_matters_first(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([kuopio.pk]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        matter = make_matter(make_client(kuopio))
        letter = Letter.objects.create(
            municipality=kuopio,
            client=matter.client,
            matter=matter,
            kind="not_reached",
            language="fi",
            recipient="Tauno Ylämalli",
            subject="Hei",
            body="Hei",
            made_by=aino,
        )

    def delete() -> None:
        with scope([kuopio.pk]):
            delete_letters(User.objects.get(pk=aino.pk), [letter])

    with transaction.atomic(), scope([kuopio.pk]):
        Matter.objects.select_for_update().get(pk=matter.pk)
        other = in_own_connection(delete)
        wait_until_somebody_waits(other)
        # whoever marks letters as sent holds the matter, and goes on to the letters
        assert Letter.objects.select_for_update(nowait=True, of=("self",)).get(pk=letter.pk)
    other.join(PATIENCE)
    with scope([kuopio.pk]):
        assert not Letter.objects.exists()


def test_a_turvakielto_recorded_meanwhile_keeps_its_client_out_of_a_bulk(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([kuopio.pk]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        LocalSettings.objects.create(municipality=kuopio, attempts_before_letter=0)
        matters = [make_matter(make_client(kuopio), assignee=aino) for _ in range(2)]
        for matter in matters:
            ContactDetail.objects.create(
                municipality=kuopio,
                client=matter.client,
                kind="address",
                source="kela",
                known_on=matter.arrived,
                value="Keksitie 1",
                postal_code="70100",
                post_office="Kuopio",
            )
    one, other = matters
    made: list[object] = []

    def write() -> None:
        with scope([kuopio.pk]):
            made.append(make_letters(User.objects.get(pk=aino.pk), kuopio, matters))

    with transaction.atomic(), scope([kuopio.pk]):
        Matter.objects.select_for_update().get(pk=one.pk)
        Client.objects.filter(pk=one.client_id).update(non_disclosure=True)
        writer = in_own_connection(write)
        wait_until_somebody_waits(writer)
    writer.join(PATIENCE)
    assert made[0]
    with scope([kuopio.pk]):
        assert [letter.matter_id for letter in Letter.objects.all()] == [other.pk]

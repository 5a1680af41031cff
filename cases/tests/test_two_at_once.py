"""Two people on one matter at the same moment: one has it, the other hears so."""

import datetime
import threading
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from cases.errors import NotPossible
from cases.models import Event, Letter, Matter
from cases.services import matters
from cases.services.letters import delete_letters
from core.row_security import scope
from municipalities.models import Municipality, Role
from testing.factories import make_client, make_matter
from testing.people import person

PATIENCE = datetime.timedelta(seconds=20)


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
                matters.take(Matter.objects.get(pk=matter.pk), User.objects.get(pk=eetu.pk))
            except NotPossible as refusal:
                refused.append(str(refusal))

    with transaction.atomic(), scope([kuopio.pk]):
        matters.take(matter, aino)
        other = in_own_connection(take_too)
        limit = timezone.now() + PATIENCE
        while not somebody_waits():
            assert other.is_alive(), "the other one did not wait"
            assert timezone.now() < limit
    other.join(PATIENCE.total_seconds())
    assert refused == ["Aino Demolainen on jo ottanut asian."]
    with scope([kuopio.pk]):
        assert Matter.objects.get(pk=matter.pk).assignee == aino
        assert Event.objects.filter(matter=matter).count() == 1


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
        limit = timezone.now() + PATIENCE
        while not somebody_waits():
            assert other.is_alive(), "the other one did not wait"
            assert timezone.now() < limit
        # whoever marks letters as sent holds the matter, and goes on to the letters
        assert Letter.objects.select_for_update(nowait=True, of=("self",)).get(pk=letter.pk)
    other.join(PATIENCE.total_seconds())
    with scope([kuopio.pk]):
        assert not Letter.objects.exists()

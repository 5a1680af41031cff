"""Two who release the same row, and a release that meets a load: one notice, and words for the second."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from cases.models import Matter
from core.row_security import scope
from etotu.locks import apply_alone
from etotu.models import Notice, QuarantineRow
from etotu.repair import release as repair_release
from etotu.repair.verbs import BusyError, Change, Outcome, release, save
from etotu.tests.making import everything, loaded, notice, xml
from municipalities.models import Municipality, Role
from testing.people import person


@pytest.fixture
def ready(committed_db: None) -> int:
    """The id of a row without errors, in Kuopio."""
    kuopio = Municipality.objects.get(pk=297)
    with scope([297]):
        paula = person("Paula Paperinen", "paula@kuopio.example", Role.ADMIN, kuopio)
        loaded(xml(notice(family="")))
        pk = QuarantineRow.objects.get().pk
        save(paula, Change(pk, 0, {"henkilo.sukunimi": "Demolainen"}))
    return pk


def in_a_thread(work: Any) -> Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_two_who_release_the_same_row_make_one_notice(ready: int) -> None:
    found: list[Outcome] = []

    def let_go() -> None:
        with scope([297]):
            found.extend(one.outcome for one in release(User.objects.get(), [ready]))

    for thread in [in_a_thread(let_go) for _ in range(3)]:
        thread.join()
    assert sorted(found) == [Outcome.RELEASED, Outcome.SETTLED, Outcome.SETTLED]
    with everything():
        assert (Notice.objects.count(), Matter.objects.count()) == (1, 1)


def test_a_release_waits_for_a_load_and_no_longer_than_people_do(ready: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair_release, "WAIT_SECONDS", 1)
    told: list[str] = []

    def let_go() -> None:
        try:
            with scope([297]):
                release(None, [ready])
        except BusyError:
            told.append("busy")

    with transaction.atomic():
        apply_alone()
        in_a_thread(let_go).join()
    assert told == ["busy"]
    with everything():
        assert QuarantineRow.objects.get().state == "open"
    let_go()
    with everything():
        assert Notice.objects.count() == 1

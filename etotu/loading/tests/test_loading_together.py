"""Loads that meet, and loads that are killed: the end is that of an undisturbed run."""

import os
import signal
import subprocess
import sys
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from cases.models import Client, Deadline, Event, Matter, NameToken
from etotu.loading.load import check_references, load
from etotu.loading.sweep import sweep
from etotu.locks import LOADING, session_lock
from etotu.models import Batch, Notice, QuarantineRow
from etotu.tests.making import SEIJA, TAUNO, counts, everything, notice, stored, xml
from testing.worker import environment

PEOPLE = (SEIJA, TAUNO)


def many(prefix: str = "K", count: int = 60) -> bytes:
    rows = [
        notice(f"{prefix}{n}", code=PEOPLE[n % 2], family="" if n % 20 == 7 else "Demolainen") for n in range(count)
    ]
    return xml(*rows, notice(f"{prefix}0", 2, note="Uusi."), notice(f"{prefix}1", code=TAUNO))


def load_in_a_thread(batch_id: int) -> Thread:
    def run() -> None:
        try:
            load(batch_id, wait=True)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def end_state() -> dict[str, Any]:
    with everything():
        return {
            "clients": Client.objects.count(),
            "tokens": NameToken.objects.count(),
            "matters": Matter.objects.count(),
            "deadlines": Deadline.objects.count(),
            "events": Event.objects.count(),
            "notices": sorted(Notice.objects.values_list("number", "version", "content__note")),
            "quarantine": sorted(QuarantineRow.objects.values_list("number", "state")),
        }


@pytest.mark.usefixtures("committed_db")
class TestTogether:
    def test_two_loaders_of_one_batch_make_one(self) -> None:
        batch = stored(many())
        threads = [load_in_a_thread(batch.pk) for _ in range(3)]
        for thread in threads:
            thread.join()
        batch.refresh_from_db()
        assert (batch.attempts, counts(batch)["received"], end_state()["matters"]) == (1, 62, 57)

    def test_batches_with_the_same_people_at_once_make_each_client_once(self) -> None:
        batches = [stored(many(prefix)) for prefix in "KLM"]
        for thread in [load_in_a_thread(batch.pk) for batch in batches]:
            thread.join()
        assert {batch.status for batch in Batch.objects.all()} == {"loaded"}
        assert end_state()["clients"] == 2

    def test_the_same_file_twice_at_once_is_loaded_once(self) -> None:
        batches = [stored(many()) for _ in range(2)]
        for thread in [load_in_a_thread(batch.pk) for batch in batches]:
            thread.join()
        assert sorted(batch.status for batch in Batch.objects.all()) == ["loaded", "repeat"]

    def test_what_a_live_session_holds_the_sweeper_leaves(self) -> None:
        batch = stored(many())

        def sweep_elsewhere() -> None:
            swept.append(sweep())
            connection.close()

        swept: list[int] = []
        with session_lock(LOADING, batch.pk) as held:
            assert held
            thread = Thread(target=sweep_elsewhere)
            thread.start()
            thread.join()
        assert swept == [0]
        assert sweep() == 1


# the child kills itself, so that the moment is the same in every run
KILLED = """
import os, signal, sys
import django
django.setup()
from etotu.loading import {module}
original = {module}.{name}
def dies(*args, **options):
    result = original(*args, **options) if {after} else None
    os.kill(os.getpid(), signal.SIGKILL)
{module}.{name} = dies
from etotu.loading.load import load
load(int(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        ("staging", "copy_chunk", True),
        ("load", "enter_rows", True),
        ("load", "keep_faulty_rows", True),
        ("load", "finish", False),
        ("load", "finish", True),
    ],
    ids=["while reading", "after entering", "after quarantine", "before the end", "before the commit"],
)
@pytest.mark.usefixtures("committed_db")
def test_a_load_that_is_killed_is_finished_by_the_sweeper(module: str, name: str, after: bool) -> None:
    batch = stored(many())
    program = KILLED.format(module=module, name=name, after=after)
    child = subprocess.run(
        [sys.executable, "-c", program, str(batch.pk)],
        env=environment(connection.settings_dict["NAME"]) | {"PYTHONPATH": os.getcwd()},  # noqa: PTH109
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    nothing = end_state()
    assert not any(nothing.values())
    batch.refresh_from_db()
    assert batch.status == "loading"

    load(batch.pk, wait=True)
    batch.refresh_from_db()
    assert counts(batch) == {"received": 62, "accepted": 57, "updated": 1, "duplicate": 1, "quarantined": 3}
    assert batch.attempts == 2
    found = end_state()
    assert (found["clients"], found["matters"]) == (2, 57)
    assert len(found["notices"]) == 57


@pytest.mark.django_db(transaction=True)
def test_references_are_checked_outside_of_any_savepoint(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within one PostgreSQL keeps what is checked, and looks through all of it for each table that is emptied."""
    savepoints: list[int] = []

    def look() -> None:
        savepoints.append(len(connection.savepoint_ids))
        check_references()

    monkeypatch.setattr("etotu.loading.load.check_references", look)
    load(stored(xml(notice("K1"))).pk)
    assert savepoints == [0]

"""A worker that is killed at any moment: what it leaves is nothing or everything, and the end is the same."""

import random
import subprocess
import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from celery import current_app
from django.db import connection

from cases.intake import plans
from cases.models import Matter
from core.copy_text import CopyText
from etotu.loading import load as loading
from etotu.loading import quarantining
from etotu.loading.load import load_quietly
from etotu.models import Batch
from etotu.tests.faults.conftest import loader, national, several, sweep_until_done
from etotu.tests.making import everything, stored
from testing.digest import contents
from testing.worker import PATIENCE, Worker

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("committed_db")]

Undisturbed = Callable[..., dict[str, list[Any]]]


@pytest.fixture
def moments() -> list[float]:
    """Parts of an undisturbed load's time at which to kill, the same in every run of the suite."""
    source = random.Random(2018)
    return [source.random() for _ in range(several(2, 50))]


def test_a_load_killed_at_random_moments_ends_as_the_undisturbed_one(
    undisturbed: Undisturbed, moments: list[float]
) -> None:
    files = [national(seed=seed) for seed in range(len(moments) + 1)]
    expected = undisturbed(*files)
    process = loader(stored(files[0]))
    began = time.monotonic()
    process.communicate(timeout=120)
    usual = time.monotonic() - began
    for moment, data in zip(moments, files[1:], strict=True):
        kill_in_the_middle(data, moment * usual)
    assert contents() == expected


def kill_in_the_middle(data: bytes, after: float) -> None:
    batch = stored(data)
    process = loader(batch)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    batch.refresh_from_db()
    with everything():
        held = Matter.objects.filter(notice__first_batch=batch).count()
    assert bool(held) == (batch.status == "loaded")
    sweep_until_done()


def wait_until(done: Callable[[], bool], otherwise: str) -> None:
    limit = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < limit, f"{otherwise} in {PATIENCE:g} s"
        time.sleep(0.01)


def test_the_real_worker_killed_and_started_again_finishes_the_batch(undisturbed: Undisturbed, worker: Worker) -> None:
    data = national(400)
    expected = undisturbed(data)
    batch = stored(data)
    current_app.send_task("etotu.load", args=[batch.pk])
    wait_until(lambda: Batch.objects.get(pk=batch.pk).status != "received", "the worker did not begin")
    worker.kill()
    worker.start()
    wait_until(lambda: Batch.objects.get(pk=batch.pk).finished, "the new worker did not finish")
    assert contents() == expected


def test_a_session_that_the_database_ends_leaves_nothing_and_is_no_attempt(undisturbed: Undisturbed) -> None:
    """As a restart does to every session, without stopping the server that other tests use."""
    data = national(400)
    expected = undisturbed(data)
    batch = stored(data)
    process = loader(batch)
    ended = 0
    while not ended and process.poll() is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL "
                "AND query ~ 'etotu_staged'"
            )
            [ended] = cursor.fetchone() or (0,)
    process.communicate(timeout=60)
    assert ended
    batch.refresh_from_db()
    assert (batch.status, batch.attempts) == ("loading", 0)
    sweep_until_done()
    assert contents() == expected


def end_session() -> None:
    """This process's own, from another one: its next word to the server finds nobody."""
    own = connection.connection.info.backend_pid
    parameters: Any = connection.get_connection_params()
    with psycopg.connect(**{name: parameters[name] for name in ("host", "dbname", "user", "password")}) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 10000)", [own]).fetchone() == (True,)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (CopyText, "blocks"),  # while the rows are sent
        (loading, "apply_staged"),  # between two statements
        (plans, "worked_out"),  # while the deadlines are sent
        (quarantining, "settle_notice"),  # while what becomes of faulty rows is sent
    ],
)
def test_wherever_the_session_ends_it_is_no_attempt(
    module: Any, name: str, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = national()
    expected = undisturbed(data)
    batch = stored(data)
    usual = getattr(module, name)
    with monkeypatch.context() as patch:

        def ended_first(*values: Any, **more: Any) -> Any:
            patch.undo()
            end_session()
            return usual(*values, **more)

        patch.setattr(module, name, ended_first)
        assert not load_quietly(batch.pk)
    batch.refresh_from_db()
    assert (batch.status, batch.attempts) == ("loading", 0)
    sweep_until_done()
    assert contents() == expected

"""The fault suite: short in `make test`, whole in `make faults` (FAULTS=whole)."""

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from etotu.generator import generate
from etotu.loading.load import load
from etotu.loading.sweep import sweep
from etotu.models import Batch
from etotu.tests.making import stored
from testing.digest import contents
from testing.worker import environment

WHOLE = os.environ.get("FAULTS") == "whole"
# starting servers of its own takes longer than the short suite may
collect_ignore = [] if WHOLE else ["test_servers_that_stop.py"]
DAY = datetime.date(2018, 10, 11)
PLACES = ["297", "837", "211", "680"]
TRIES = 60
LOADER = """
import sys
import django
django.setup()
from etotu.loading.load import load_quietly
print("begins", flush=True)
load_quietly(int(sys.argv[1]))
"""


def several(short: int, whole: int) -> int:
    """How many times: the short suite tells that it works, the whole one that it always does."""
    return whole if WHOLE else short


def national(count: int = 120, seed: int = 5) -> bytes:
    """A batch of several municipalities with faulty rows, new versions and the same again."""
    return b"".join(generate(PLACES, count, DAY, seed=seed, errors=0.05, versions=0.05, duplicates=0.05))


def loader(batch: Batch, **more: str) -> "subprocess.Popen[str]":
    """A process of its own that loads the batch as the worker does; it has said that it begins."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOADER, str(batch.pk)],
        env=environment(connection.settings_dict["NAME"]) | {"PYTHONPATH": str(Path.cwd())} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline().strip() == "begins"
    return process


def sweep_until_done() -> None:
    """As the beat does, until nothing is unfinished: the server may need a moment to see that a client is gone."""
    for _ in range(TRIES):
        sweep()
        if not Batch.objects.filter(status__in=["received", "loading"]).exists():
            return
        connection.close()
        time.sleep(0.5)
    raise AssertionError("a batch was never finished")


@pytest.fixture
def undisturbed(committed_db: None) -> Callable[..., dict[str, list[Any]]]:
    """What a load leaves when nothing happens to it. Rolled back: the database is as before."""

    def run(*files: bytes, **values: Any) -> dict[str, list[Any]]:
        with transaction.atomic():
            for data in files:
                batch = stored(data, **values)
                assert load(batch.pk)
            found = contents()
            transaction.set_rollback(True)
        return found

    return run

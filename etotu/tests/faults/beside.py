"""What the processes do that work on servers of their own; each is called by its name from a test."""

import os
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connections, transaction

from etotu.loading.load import load, load_quietly
from etotu.loading.receive import receive, store
from etotu.loading.sweep import sweep
from etotu.models import Batch
from etotu.models.batch import Via
from osallistava.embedded import postgres, valkey
from osallistava.embedded.keys import keys_of
from osallistava.embedded.place import Place
from osallistava.embedded.processes import run
from testing.clock import NOW
from testing.digest import digest

TRIES = 600


def place() -> Place:
    return Place.from_environment(os.environ)


def make_tables() -> str:
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    return "made"


def undisturbed(path: str) -> str:
    """The digest after a load to which nothing happens; rolled back."""
    with transaction.atomic(), Path(path).open("rb") as stream:
        batch = store(stream, file_name="era.xml", via=Via.COMMAND, received_at=NOW)
        assert load(batch.pk)
        found = digest()
        transaction.set_rollback(True)
    return found


def receive_file(path: str) -> str:
    """As an upload does: stored, and queued if the broker answers."""
    with Path(path).open("rb") as stream:
        return receive(stream, file_name="era.xml", via=Via.COMMAND, received_at=NOW).status


def load_all() -> int:
    return sum(load_quietly(batch.pk) for batch in Batch.objects.filter(finished_at=None))


def wait_until_loading() -> bool:
    for _ in range(TRIES):
        if Batch.objects.filter(status="loading").exists():
            return True
        time.sleep(0.05)
    return False


def sweep_all() -> str:
    """As the beat does, until nothing waits; then the digest."""
    for _ in range(TRIES):
        sweep()
        if not Batch.objects.filter(finished_at=None).exists():
            return digest()
        time.sleep(0.2)
    raise AssertionError("a batch was never finished")


def stop_broker() -> str:
    valkey.stop(place())
    return "stopped"


def start_broker() -> str:
    valkey.ensure_running(place())
    return "running"


def restart_database(mode: str) -> str:
    connections.close_all()
    code, said = run(place(), postgres._binary("pg_ctl"), "stop", "-D", place().database, "-m", mode, "-w")
    assert code == 0, said
    postgres.ensure_running(place(), keys_of(place()), durable=True)
    return "running"

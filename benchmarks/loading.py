"""The program's own way: a file is received and a worker in a process of its own loads it."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import psycopg
from django.db import connections
from django.utils import timezone
from psycopg import sql

from benchmarks.measuring import Cost, costs, ends_after, peak_memory

STARTING_SECONDS = 60
# seldom enough to cost nothing beside the load, often enough to tell its length
LOOK_EVERY = 0.02
LOOK_AGAIN_AFTER = 0.03


class Worker:
    """The worker of the program on this database, with one process that loads.

    `memory` is what that held at most, with the process that reads for it: pages that both have count twice.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.main = psutil.Process(process.pid)
        self.memory = 0.0

    def load(self, file: Path, count: int, *, limit: float) -> tuple[Cost, Any]:
        """From the arrival of the bytes to the end of the load."""
        from etotu.loading.receive import receive

        with costs(count, self.main, seconds=limit) as cost, file.open("rb") as stream:
            batch = receive(stream, file_name=file.name, via="command", received_at=timezone.now())
            start = time.perf_counter()
            while not batch.finished:
                time.sleep(max(LOOK_EVERY, (time.perf_counter() - start) * LOOK_AGAIN_AFTER))
                assert self.main.is_running(), "the worker ended"
                self._look_at_memory()
                batch.refresh_from_db(fields=["status", "received", "fault"])
        assert batch.status == "loaded", batch.fault
        assert batch.received == count
        self._look_at_memory()
        return cost, batch

    def _look_at_memory(self) -> None:
        for child in self.main.children():
            helpers = child.children(recursive=True)
            self.memory = max(self.memory, peak_memory(child) + sum(peak_memory(one) for one in helpers))


@contextmanager
def worker() -> Iterator[Worker]:
    """Takes tasks when the block begins."""
    url = os.environ["DATABASE_URL"].rpartition("/")[0]
    queue = f"benchmark-{database_name()}"
    surroundings = {**os.environ, "DATABASE_URL": f"{url}/{database_name()}", "TASK_QUEUE": queue}
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "osallistava", "worker", "--concurrency", "1"]
    name = f"{queue}@localhost"
    quiet = ["--hostname", name, "--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    process = subprocess.Popen(
        [*command, *quiet], env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        with ends_after(STARTING_SECONDS):
            _wait_until_it_answers(process, name)
        with _queue(queue):
            yield Worker(process)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _queue(name: str) -> Iterator[None]:
    from celery import current_app

    before = current_app.conf.task_default_queue
    current_app.conf.task_default_queue = name
    yield
    current_app.conf.task_default_queue = before


def _wait_until_it_answers(process: "subprocess.Popen[bytes]", name: str) -> None:
    from celery import current_app

    while not current_app.control.ping(destination=[name], timeout=0.5):
        assert process.poll() is None, "the worker did not start"


def database_name() -> str:
    """Of both connections."""
    return str(connections["default"].settings_dict["NAME"])


@contextmanager
def database(migrated: str) -> Iterator[None]:
    """A fresh copy of that database, for both connections, that is gone afterwards; also within another copy."""
    before = database_name()
    name = f"benchmark_{os.getpid()}_{uuid.uuid4().hex[:12]}"
    connections.close_all()
    with _owner() as owner:
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(migrated)))
    _use(name)
    try:
        yield
    finally:
        _use(before)
        with _owner() as owner:
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def settle() -> None:
    """What autovacuum does in the minutes after a large load, at once."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _use(name: str) -> None:
    connections.close_all()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def _owner() -> Iterator[psycopg.Connection]:
    parameters: dict[str, Any] = connections["owner"].get_connection_params()
    wanted = {name: parameters[name] for name in ("host", "port", "user", "password") if name in parameters}
    with psycopg.connect(**wanted, dbname="postgres", autocommit=True) as connection:
        yield connection

"""A real Celery worker beside the test, on the test's database and on a queue of its own."""

import os
import subprocess
import sys
from collections.abc import Generator
from signal import SIGKILL
from threading import Timer
from typing import Final

import psutil
import pytest

from testing.clock import now, time_is_real

PATIENCE: Final = 120.0
"""Seconds. On an idle machine a worker is ready after three."""


def environment(database: str) -> dict[str, str]:
    """The surroundings of a process of the program that works on the test's database and has the test's time."""
    url = os.environ["DATABASE_URL"].rpartition("/")[0]
    mine = {**os.environ, "DATABASE_URL": f"{url}/{database}", "DJANGO_SETTINGS_MODULE": "osallistava.settings"}
    if time_is_real():
        return mine
    moment = now().isoformat()
    return mine | {"DJANGO_SETTINGS_MODULE": "testing.settings_in_time", "TEST_MOMENT": moment}


class Worker:
    """Start it, kill it in the middle of its work, start it again."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Returns when the worker takes tasks."""
        command = [sys.executable, "-m", "celery", "-A", "osallistava", "worker", "--pool", "solo", "-l", "INFO"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.process = subprocess.Popen(
            [*command, *quiet],
            env=environment(self.database),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.wait_for("ready.")

    def wait_for(self, words: str, seconds: float = PATIENCE) -> str:
        """The line in which the worker says so. A worker that does not say it for so long is killed."""
        assert self.process
        assert self.process.stdout
        limit = Timer(seconds, self.process.kill)
        limit.start()
        said = []
        for line in self.process.stdout:
            said.append(line)
            if words in line:
                limit.cancel()
                return line
        limit.cancel()
        late = self.process.wait() == -SIGKILL
        self.kill()
        why = f"did not say {words!r} in {seconds:g} s" if late else f"ended without saying {words!r}"
        raise AssertionError(f"The worker {why}:\n" + "".join(said))

    def kill(self) -> None:
        """At once, in the middle of whatever it does."""
        if self.process is None:
            return
        self.process.kill()
        self.process.communicate()
        self.process = None

    def stop(self) -> str:
        """Let it finish its task; what it said."""
        if self.process is None:
            return ""
        if psutil.pid_exists(self.process.pid):
            self.process.terminate()
        said, _ = self.process.communicate(timeout=30)
        self.process = None
        return said


@pytest.fixture
def worker(committed_db: None) -> Generator[Worker, None, None]:
    """A running worker; the test's own writes are committed, so that it sees them."""
    from django.db import connection

    worker = Worker(connection.settings_dict["NAME"])
    worker.start()
    yield worker
    worker.kill()

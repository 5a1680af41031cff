"""Nothing waits for a worker that has nothing more to say."""

import subprocess
import sys

import pytest

from testing.worker import Worker


def saying(script: str) -> Worker:
    worker = Worker("none")
    worker.process = subprocess.Popen([sys.executable, "-uc", script], stdout=subprocess.PIPE, text=True)
    return worker


def test_a_line_is_waited_for() -> None:
    worker = saying("print('begins'); print('now ready.'); input()")
    assert worker.wait_for("ready.") == "now ready.\n"
    worker.kill()


def test_a_worker_that_does_not_say_it_is_killed_and_what_it_said_is_told() -> None:
    worker = saying("import time; print('begins'); time.sleep(60)")
    with pytest.raises(AssertionError, match=r"did not say 'ready\.' in 0\.5 s:\nbegins"):
        worker.wait_for("ready.", seconds=0.5)
    assert worker.process is None


def test_one_that_ended_is_told_to_have_ended() -> None:
    with pytest.raises(AssertionError, match=r"ended without saying 'ready\.':\nbegins"):
        saying("print('begins')").wait_for("ready.")

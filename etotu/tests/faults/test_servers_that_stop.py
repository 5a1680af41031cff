"""The servers stop: the broker before, during and after an upload, PostgreSQL in the middle of a load.

On servers of its own, which no other test shares; in the whole suite only.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from etotu.tests.faults.conftest import national

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real_clock("its servers and the processes on them are started as in service"),
]

ROOT = Path(__file__).resolve().parents[3]
WATCHDOG = 300
CHILD = """
import json, os, sys
from contextlib import suppress
from osallistava import embedded
with embedded.servers(start=False):
    import django
    django.setup()
    from etotu.tests.faults import beside
    print(json.dumps(getattr(beside, sys.argv[1])(*sys.argv[2:]), default=str), flush=True)
"""
KEEPER = """
import sys
from osallistava import embedded
with embedded.servers(durable={durable}):
    print("running", flush=True)
    sys.stdin.read()
"""


class Servers:
    """PostgreSQL and Valkey of their own, and processes of the program on them."""

    def __init__(self, folder: Path) -> None:
        kept = ("PATH", "HOME", "LANG", "PYTHONPATH")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "osallistava.settings", "DEMO": "true"}
        self.keeper = subprocess.Popen(
            [sys.executable, "-c", KEEPER.format(durable=True)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.keeper.stdout
        assert self.keeper.stdout.readline().strip() == "running"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", CHILD, *words]

    def ask(self, *words: str) -> Any:
        """What a function of `beside` gives, run in a process of its own."""
        done = subprocess.run(
            self.command(*words), cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=WATCHDOG
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def begin(self, *words: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            self.command(*words), cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip

    def close(self) -> None:
        self.keeper.communicate("", timeout=60)


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """In a folder open to the account that they run as. The folders of pytest are closed by each run that begins."""
    with TemporaryDirectory(prefix="osa-") as folder:
        Path(folder).chmod(0o755)
        servers = Servers(Path(folder) / "d")
        servers.ask("make_tables")
        yield servers
        servers.close()


@pytest.fixture
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / "era.xml"
    path.write_bytes(national(3000, seed=abs(hash(request.node.name)) % 1000))
    return path


def test_a_broker_that_is_stopped_before_the_upload_delays_and_nothing_more(servers: Servers, file: Path) -> None:
    expected = servers.ask("undisturbed", str(file))
    servers.ask("stop_broker")
    try:
        assert servers.ask("receive_file", str(file)) == "received"
    finally:
        servers.ask("start_broker")
    assert servers.ask("sweep_all") == expected


def test_a_broker_that_is_stopped_during_the_load_does_not_disturb_it(servers: Servers, file: Path) -> None:
    expected = servers.ask("undisturbed", str(file))
    servers.ask("receive_file", str(file))
    loading = servers.begin("load_all")
    servers.ask("wait_until_loading")
    servers.ask("stop_broker")
    try:
        loading.communicate(timeout=WATCHDOG)
    finally:
        servers.ask("start_broker")
    assert servers.ask("sweep_all") == expected


def test_a_broker_that_forgets_its_tasks_after_the_upload_loses_no_batch(servers: Servers, file: Path) -> None:
    expected = servers.ask("undisturbed", str(file))
    assert servers.ask("receive_file", str(file)) == "received"
    servers.ask("stop_broker")
    servers.ask("start_broker")
    assert servers.ask("sweep_all") == expected


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_database_that_is_restarted_during_a_load_ends_as_undisturbed(
    servers: Servers, file: Path, mode: str
) -> None:
    expected = servers.ask("undisturbed", str(file))
    servers.ask("receive_file", str(file))
    loading = servers.begin("load_all")
    servers.ask("wait_until_loading")
    time.sleep(0.7)
    servers.ask("restart_database", mode)
    loading.communicate(timeout=WATCHDOG)
    assert servers.ask("sweep_all") == expected

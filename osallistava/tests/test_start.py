"""`make run`: one foreground process that says where it is, and takes everything with it when it goes."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from osallistava import embedded, start
from osallistava.embedded.processes import wait_for_end
from osallistava.tests.conftest import ROOT, free_port, servers_of

pytestmark = pytest.mark.real_clock("what is started is the program as it is in service")


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def running(data_dir: Path, port: int) -> Generator["subprocess.Popen[str]", None, None]:
    """Without the demo data, which take long and are tested on their own."""
    environment = {**os.environ, "PORT": str(port), "DEMO": "0", "DEBUG": "1"}
    command = [sys.executable, "-m", "osallistava.start"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        yield process
        process.kill()
    start._end_leftovers(data_dir)


def family(process: "subprocess.Popen[str]", data_dir: Path) -> list[psutil.Process]:
    """The start itself, all below it, and the servers, which have no parent."""
    root = psutil.Process(process.pid)
    return [root, *root.children(recursive=True), *servers_of(data_dir)]


def read_until(process: "subprocess.Popen[str]", words: str) -> list[str]:
    lines = []
    assert process.stdout
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError("".join(lines))


@pytest.mark.slow
def test_it_serves_pages_and_leaves_nothing_behind(running: "subprocess.Popen[str]", data_dir: Path, port: int) -> None:
    said = read_until(running, "Ctrl-C ends it")
    assert any(f"http://localhost:{port}" in line for line in said)
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"http://localhost:{port}/no-such-page")
    assert answer.value.code == 404
    answer.value.close()
    everything = family(running, data_dir)
    names = " ".join(word for process in everything for word in process.cmdline())
    assert all(part in names for part in ("gunicorn", "worker", "beat", "postgres", "valkey-server"))
    secrets = [process.environ().get("DATABASE_OWNER_URL") for process in everything[1:] if "gunicorn" in str(process)]
    assert not any(secrets)

    running.send_signal(signal.SIGINT)
    rest, _ = running.communicate(timeout=30)
    assert running.returncode == 0, rest
    assert f"The data is kept in {data_dir}" in rest
    assert all(wait_for_end(process, seconds=1) for process in everything)
    assert servers_of(data_dir) == []


@pytest.mark.parametrize("here", [False, True])
def test_loading_the_demo_is_told_only_when_it_is_loaded(
    here: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("demo.load.demo_is_here", lambda: here)
    monkeypatch.setattr("django.core.management.call_command", lambda name, stdout: stdout.write(f"{name}: accounts\n"))
    assert start._demo() == "demo: accounts"
    assert ("Loading the demo data" in capsys.readouterr().out) is not here


def test_a_running_instance_is_named(data_dir: Path) -> None:
    embedded.prepare_folder()
    with (data_dir / "instance.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        other.write("http://localhost:8765, process 4711")
        other.flush()
        with pytest.raises(
            embedded.CannotStart, match=r"runs already .*localhost:8765, process 4711.*DATA_DIR and PORT"
        ):
            start.main()
    assert not (data_dir / "postgres").exists()


def test_a_busy_port_is_named_with_another_one(data_dir: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(port))
    with (
        closing(socket.create_server(("127.0.0.1", port))),
        pytest.raises(embedded.CannotStart, match=f"Port {port} cannot be used.*PORT={port + 1} make run"),
    ):
        start.main()
    assert not (data_dir / "postgres").exists()


def test_a_port_is_a_number(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(embedded.CannotStart, match="PORT is http"):
        start.main()


def test_what_a_killed_run_left_is_ended_by_the_next(data_dir: Path) -> None:
    embedded.prepare_folder()
    left = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, env={start.MARK: str(data_dir)})
    with left:
        start._end_leftovers(data_dir)
        assert not psutil.pid_exists(left.pid)

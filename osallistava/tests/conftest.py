import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from osallistava.embedded.processes import wait_for_end

ROOT = Path(__file__).resolve().parent.parent.parent
GIVEN = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "CACHE_URL", "SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "DEMO",
    "DATA_DIR", "TASK_QUEUE", "PORT", "BIND", "DEBUG", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE",
    "DJANGO_ALLOW_ASYNC_UNSAFE", "DATABASE_STATEMENT_TIMEOUT", "DATABASE_LOCK_TIMEOUT",
    "PRIVATE_NETWORK", "ETOTU_INBOX", "EMAIL_URL",
)  # fmt: skip


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """A data folder that is not there yet: its path is short, and its parent open to the account that the servers
    run as. The folders that pytest makes are neither."""
    parent = Path(tempfile.mkdtemp(prefix="osa-"))
    parent.chmod(0o755)
    yield parent / "data"
    for process in servers_of(parent):
        process.kill()
        wait_for_end(process, seconds=10)
    shutil.rmtree(parent)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        number: int = server.getsockname()[1]
    return number


def forget_everything(patch: pytest.MonkeyPatch) -> None:
    """As at a terminal where nothing is set; what the program sets is gone with the patch."""
    for name in GIVEN:
        patch.setenv(name, "")
        patch.delenv(name)


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    forget_everything(monkeypatch)


@pytest.fixture
def data_dir(bare_environment: None, monkeypatch: pytest.MonkeyPatch) -> Generator[Path, None, None]:
    with fresh_folder() as folder:
        monkeypatch.setenv("DATA_DIR", str(folder))
        yield folder


def servers_of(folder: Path) -> list[psutil.Process]:
    """The processes that work inside the folder: PostgreSQL's and Valkey's."""
    return [process for process in psutil.process_iter() if folder.resolve() in _working_folders(process)]


def _working_folders(process: psutil.Process) -> Iterator[Path]:
    try:
        if process.status() != psutil.STATUS_ZOMBIE:
            yield from (Path(process.cwd()), *Path(process.cwd()).parents)
    except psutil.Error:
        return


@pytest.fixture
def program(bare_environment: None) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python as at a terminal, from the program's folder, with nothing set but what is given."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run

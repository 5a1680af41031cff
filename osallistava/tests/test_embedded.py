"""The servers of the default start: shared, stopped, recovered, and closed to everybody else."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString
from urllib.parse import unquote, urlsplit

import psutil
import psycopg
import pytest
import redis

from osallistava import embedded
from osallistava.embedded.processes import wait_for_end
from osallistava.tests.conftest import ROOT, forget_everything, fresh_folder, servers_of

HOLD = """
from osallistava import embedded
with embedded.servers(durable=False):
    print("running", flush=True)
    input()
"""


@pytest.fixture(scope="module")
def running() -> Generator[Path, None, None]:
    """One pair of servers for the tests that only look at them."""
    with fresh_folder() as folder, pytest.MonkeyPatch.context() as patch:
        forget_everything(patch)
        patch.setenv("DATA_DIR", str(folder))
        with embedded.servers(durable=False):
            yield folder


@pytest.fixture(scope="module")
def old_folder() -> Generator[Path, None, None]:
    with fresh_folder() as folder:
        yield folder


@contextmanager
def another_process() -> Iterator["subprocess.Popen[str]"]:
    """A second process that holds the servers of the same folder until it is told to go."""
    names = {"DATA_DIR", "PATH", "HOME"}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name in names},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "running\n"
        yield process


def connect(url: str, **changes: str) -> psycopg.Connection:
    parts = urlsplit(url)
    assert parts.hostname
    given = {
        "host": unquote(parts.netloc.rpartition("@")[2]),
        "user": str(parts.username),
        "password": str(parts.password),
        "dbname": parts.path[1:],
    }
    return psycopg.connect(**{**given, **changes}, autocommit=True)  # type: ignore[arg-type]


def value(url: str, query: LiteralString) -> object:
    with connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row
    return row[0]


def postmaster(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))


class TestWhileTheyRun:
    def test_the_application_may_not_change_tables_nor_pass_row_security(self, running: Path) -> None:
        with connect(os.environ["DATABASE_URL"]) as application:
            rights = application.execute(
                "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            assert rights == (False, False, False, False)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute("CREATE TABLE mine (id int)")
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        assert value(os.environ["DATABASE_OWNER_URL"], owner) == "osallistava_owner"

    def test_nobody_is_trusted_and_nothing_listens_on_the_network(self, running: Path) -> None:
        lines = (running / "postgres" / "pg_hba.conf").read_text().splitlines()
        rules = [line.split() for line in lines if line and not line.startswith("#")]
        assert rules
        assert {rule[-1] for rule in rules} == {"scram-sha-256"}
        assert value(os.environ["DATABASE_URL"], "SHOW listen_addresses") == ""
        with pytest.raises(psycopg.OperationalError, match="password"):
            connect(os.environ["DATABASE_URL"], password="guessed")
        assert not [each for server in servers_of(running) for each in server.net_connections("inet")]

    def test_keys_and_sockets_are_closed_to_others(self, running: Path) -> None:
        modes = {path.name: path.stat().st_mode & 0o777 for path in (running / "keys").iterdir()}
        assert set(modes.values()) == {0o600}
        assert {"secret_key", "field_keys", "index_key", "admin_password"} <= set(modes)
        for closed in ("keys", "run", "postgres", "log"):
            assert (running / closed).stat().st_mode & 0o777 == 0o700, closed
        assert (running / "run" / "valkey.sock").stat().st_mode & 0o777 == 0o700
        assert running.stat().st_mode & 0o777 in {0o700, 0o711}

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root has a user to give away")
    def test_they_do_not_run_as_root(self, running: Path) -> None:
        assert {process.uids().real for process in servers_of(running)} == {(running / "postgres").stat().st_uid}
        assert (running / "postgres").stat().st_uid != 0
        assert (running / "keys").stat().st_uid == 0

    def test_the_broker_answers(self, running: Path) -> None:
        with redis.Redis(unix_socket_path=str(running / "run" / "valkey.sock")) as client:
            assert client.ping()

    def test_text_is_sorted_by_code_point_in_utf_8_wherever_it_runs(self, running: Path) -> None:
        query = "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = current_database()"
        assert value(os.environ["DATABASE_URL"], query) == "b C.UTF-8"


def test_the_roles_that_the_readme_makes_are_as_powerless_as_our_own(running: Path) -> None:
    [statements] = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    renamed = statements.replace("osallistava", "real").replace("…", "secret")
    admin = {"user": "osallistava_admin", "password": (running / "keys" / "admin_password").read_text()}
    with connect(os.environ["DATABASE_URL"], **admin, dbname="postgres") as connection:
        for statement in filter(str.strip, renamed.split(";")):
            connection.execute(statement.encode())
    with connect(os.environ["DATABASE_URL"], user="real_owner", password="secret", dbname="real") as owner:
        owner.execute("CREATE TABLE tables_are_the_owners (id int)")
    with connect(os.environ["DATABASE_URL"], user="real_app", password="secret", dbname="real") as application:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("CREATE TABLE mine (id int)")
        application.execute("CREATE TEMPORARY TABLE staging (id int)")


class TestTheEnd:
    @pytest.fixture
    def data_dir(self, old_folder: Path, bare_environment: None, monkeypatch: pytest.MonkeyPatch) -> Path:
        """One after another in the same folder: making a database takes longer than starting it."""
        monkeypatch.setenv("DATA_DIR", str(old_folder))
        return old_folder

    def test_nothing_is_left_and_the_next_start_finds_keys_and_data(
        self, data_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with embedded.servers(durable=False):
            key, url = os.environ["FIELD_KEYS"], os.environ["DATABASE_OWNER_URL"]
            with connect(url) as owner:
                owner.execute("CREATE TABLE kept AS SELECT 7 AS n")
        assert servers_of(data_dir) == []
        assert not list((data_dir / "run").iterdir())
        for name in ("FIELD_KEYS", "DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL"):
            monkeypatch.delenv(name)
        with embedded.servers(durable=False):
            assert os.environ["FIELD_KEYS"] == key
            assert value(url, "SELECT n FROM kept") == 7

    def test_servers_of_another_process_are_shared_and_left_to_it(self, data_dir: Path) -> None:
        with another_process() as first:
            mine = postmaster(data_dir)
            with embedded.servers(durable=False):
                assert postmaster(data_dir) == mine
            assert mine.is_running()
            first.communicate("\n")
        assert servers_of(data_dir) == []

    def test_who_started_them_may_go_first(self, data_dir: Path) -> None:
        with another_process() as first, embedded.servers(durable=False):
            first.communicate("\n")
            assert value(os.environ["DATABASE_URL"], "SELECT 1") == 1
        assert servers_of(data_dir) == []

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
    def test_a_signal_stops_them(self, data_dir: Path, number: signal.Signals) -> None:
        with another_process() as process:
            process.send_signal(number)
            process.communicate()
        assert process.returncode != 0
        assert servers_of(data_dir) == []

    def test_what_a_killed_process_left_running_is_stopped_by_the_next(self, data_dir: Path) -> None:
        with another_process() as process:
            process.kill()
        assert servers_of(data_dir)
        with embedded.servers(durable=False):
            assert value(os.environ["DATABASE_URL"], "SELECT 1") == 1
        assert servers_of(data_dir) == []

    def test_a_killed_server_and_its_pid_file_are_recovered(
        self, data_dir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pid_file = data_dir / "postgres" / "postmaster.pid"
        with embedded.servers(durable=False):
            url = os.environ["DATABASE_URL"]
            left, lines = servers_of(data_dir), pid_file.read_text().splitlines()
            for process in left:
                process.kill()
            assert all(wait_for_end(process, seconds=10) for process in left)
        # the number has gone to a stranger meanwhile
        pid_file.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL"):
            monkeypatch.delenv(name)
        with embedded.servers(durable=False):
            assert value(url, "SELECT 1") == 1


class TestRefusals:
    """Each says what is wrong and what to do, and starts nothing."""

    @staticmethod
    def refusal() -> str:
        with pytest.raises(embedded.CannotStart) as caught, embedded.servers():
            pass
        return str(caught.value)

    def test_a_path_too_long_for_a_socket(self, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATA_DIR", str(data_dir / ("long" * 20)))
        assert "too long" in self.refusal()
        assert not data_dir.exists()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root starts the servers as another user")
    def test_a_folder_above_that_is_closed_to_their_user(self, data_dir: Path) -> None:
        data_dir.parent.chmod(0o700)
        said = self.refusal()
        assert f"may not enter {data_dir.parent}" in said
        assert "as an ordinary user" in said
        assert "DATA_DIR" in said

    def test_data_of_another_major_version(self, data_dir: Path) -> None:
        with embedded.servers(start=False):
            (data_dir / "postgres").mkdir()
            (data_dir / "postgres" / "PG_VERSION").write_text("16\n")
        self.forget_the_servers()
        assert "made by PostgreSQL 16, this program brings 18" in self.refusal()

    def test_a_full_disk(self, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("osallistava.embedded.place.SMALLEST_FREE_SPACE", 2**62)
        assert "is free on the disk" in self.refusal()
        assert not (data_dir / "postgres").exists()

    @pytest.mark.parametrize(
        ("given", "missing"),
        [("DATABASE_URL", "BROKER_URL"), ("BROKER_URL", "DATABASE_URL"), ("DATABASE_OWNER_URL", "DATABASE_URL")],
    )
    def test_one_server_of_two(self, data_dir: Path, monkeypatch: pytest.MonkeyPatch, given: str, missing: str) -> None:
        monkeypatch.setenv(given, "something://")
        said = self.refusal()
        assert said.startswith(f"{given} is set but {missing} is not.")
        assert not data_dir.exists()

    def test_data_whose_keys_are_gone(self, data_dir: Path) -> None:
        with embedded.servers(start=False):
            (data_dir / "postgres").mkdir()
            (data_dir / "keys").rename(data_dir / "elsewhere")
        self.forget_the_servers()
        assert f"{data_dir / 'keys'}, are gone" in self.refusal()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
    def test_data_of_another_user(self, data_dir: Path) -> None:
        with embedded.servers(start=False):
            os.chown(data_dir / "run", 4711, 4711)
        self.forget_the_servers()
        assert "belongs to user 4711" in self.refusal()

    @staticmethod
    def forget_the_servers() -> None:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL"):
            del os.environ[name]

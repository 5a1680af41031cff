"""`make run`: everything in one foreground process, for trying the program out. Ctrl-C ends all of it.

Its packages are imported where they are used, so that it can say in words when they are not installed.
"""

import fcntl
import io
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError

from osallistava import embedded
from osallistava.embedded.packages import START, refuse_missing

if TYPE_CHECKING:
    import psutil

PROGRAM_DIR = Path(__file__).resolve().parent.parent
MARK = "OSALLISTAVA_INSTANCE"  # in the environment of every process of one data folder
ENDED_BY_PERSON = {130, 143}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")
    refuse_missing(START)
    address = f"http://localhost:{_port()}"
    folder = embedded.prepare_folder()
    with _only_instance(folder, address):
        _refuse_busy_port(_port())
        _end_leftovers(folder)
        say("Starting the servers …")
        with embedded.servers():
            accounts = _prepare()
            return _run(folder, address, accounts)


def say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise embedded.CannotStart(f"PORT is {text}. Give a number from 1 to 65535.")
    return int(text)


@contextmanager
def _only_instance(folder: Path, address: str) -> Iterator[None]:
    path = folder / "instance.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise embedded.CannotStart(
                f"Osallistava runs already with the data folder {folder}: {file.read().strip()}. End it there with "
                "Ctrl-C, or start another one with another DATA_DIR and PORT."
            ) from None
        file.truncate(0)
        file.write(f"{address}, process {os.getpid()}")
        file.flush()
        yield


def _refuse_busy_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("BIND") or "127.0.0.1", port))
        except OSError as error:
            raise embedded.CannotStart(
                f"Port {port} cannot be used ({error.strerror}). Choose another one: PORT={port + 1} make run"
            ) from error


def _end_leftovers(folder: Path) -> None:
    """What a killed run of this folder left running: web, worker, beat."""
    import psutil

    left = [process for process in psutil.process_iter() if _belongs_to(process, folder)]
    for process in left:
        with suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=5)
    for process in stubborn:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)


def _belongs_to(process: "psutil.Process", folder: Path) -> bool:
    import psutil

    try:
        return bool(process.pid != os.getpid() and process.environ().get(MARK) == str(folder))
    except psutil.Error:
        return False


def _prepare() -> str:
    """Bring the database and the static files up to date; the demo's accounts, for the terminal."""
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    say("Bringing the database up to date …")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    accounts = _demo() if settings.DEMO else ""
    connections.close_all()
    return accounts


def _demo() -> str:
    """Load the demo if it is not here yet; its accounts."""
    from django.core.management import call_command

    from demo.load import demo_is_here

    if not demo_is_here():
        say("Loading the demo data, which takes a while this first time …")
    accounts = io.StringIO()
    call_command("demo", stdout=accounts)
    return accounts.getvalue().strip()


def _run(folder: Path, address: str, accounts: str) -> int:
    from honcho.environ import parse_procfile
    from honcho.manager import Manager

    manager = Manager()
    for name, command in parse_procfile((PROGRAM_DIR / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env=_environment(folder), cwd=str(PROGRAM_DIR))
    # a closed terminal ends the run like Ctrl-C
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    threading.Thread(target=_welcome, args=(address, accounts), daemon=True).start()
    try:
        manager.loop()
    finally:
        _end_leftovers(folder)
    say("Stopped. The data is kept in " + str(folder))
    return 0 if manager.returncode in ENDED_BY_PERSON else 1


def _environment(folder: Path) -> dict[str, str]:
    """Of web, worker and beat, who have no business with the owner's role."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return kept | {MARK: str(folder), "PATH": path, "PORT": str(_port()), "PYTHONUNBUFFERED": "1"}


def _welcome(address: str, accounts: str) -> None:
    """Said when the first page can be had, below what the processes say while they start."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((os.environ.get("BIND") or "127.0.0.1", _port()), timeout=1):
            break
        time.sleep(0.1)
    rule = "─" * 72
    warning = "Demo with invented people: never put real client data here."
    say("", rule, f"Osallistava is at {address}", *([accounts] if accounts else []), warning, "Ctrl-C ends it.", rule)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except (embedded.CannotStart, ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))

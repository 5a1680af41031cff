import os
import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from .place import Place


def run(place: Place, *command: str | Path) -> tuple[int, str]:
    """Run one of the servers' programs as their user; its exit code and what it said.

    In a session of its own, so that a Ctrl-C at the terminal does not reach the server that it leaves behind, and
    with a file for its output, because that server may keep a pipe open for ever.
    """
    with tempfile.TemporaryFile("w+") as output:
        code = subprocess.run(
            command,
            cwd=place.logs,
            env={"PATH": os.defpath, "LC_ALL": "C", "HOME": str(place.logs)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=place.user.pw_uid if place.user else None,
            group=place.user.pw_gid if place.user else None,
            extra_groups=() if place.user else None,
            umask=0o077,
            start_new_session=True,
            check=False,
        ).returncode
        output.seek(0)
        return code, output.read().strip()


def has_ended(process: psutil.Process) -> bool:
    """Also true of a zombie: the first process of a container may never ask for its exit code."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_for_end(process: psutil.Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not has_ended(process):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True

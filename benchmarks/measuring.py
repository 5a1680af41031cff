"""What a piece of work costs: time, processor seconds of Python and of PostgreSQL, memory; and an end to what hangs."""

import signal
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import psutil
from django.db import connections

MIB = 1024 * 1024


@dataclass
class Cost:
    """Of `count` rows; seconds. `python` is that of all processes but PostgreSQL's."""

    count: int
    seconds: float = 0
    python: float = 0
    postgres: float = 0

    @property
    def rate(self) -> float:
        """Rows in a second."""
        return self.count / self.seconds

    @property
    def rate_of_processor(self) -> float:
        """Rows in a second of one processor: what other work on the machine disturbs less."""
        return self.count / (self.python + self.postgres)

    def as_json(self) -> dict[str, Any]:
        numbers = {name: round(value, 3) for name, value in asdict(self).items()}
        return numbers | {"rate": round(self.rate), "rate_of_processor": round(self.rate_of_processor)}


def median(costs: Iterable[Cost]) -> Cost:
    """The one in the middle by its time."""
    ordered = sorted(costs, key=lambda cost: cost.seconds)
    return ordered[(len(ordered) - 1) // 2]


def middle(values: Iterable[float]) -> float:
    return round(statistics.median(values), 3)


@contextmanager
def costs(count: int, *others: psutil.Process, seconds: float) -> Iterator[Cost]:
    """Fills the cost of the block at its end; `others` are processes of Python that work for it, with their children.

    Raises TimeoutError when the block takes longer than `seconds`.
    """
    cost = Cost(count)
    server = _server()
    before, python, postgres = time.perf_counter(), _python(others), _processor(server)
    with ends_after(seconds):
        yield cost
    cost.seconds = time.perf_counter() - before
    cost.python, cost.postgres = _python(others) - python, _processor(server) - postgres


@contextmanager
def ends_after(seconds: float) -> Iterator[None]:
    """A watchdog: what hangs ends with an error instead of standing there all night."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"not ready after {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def peak_memory(process: psutil.Process) -> float:
    """MiB that the process held at most since its start (VmHWM); 0 when it has ended."""
    lines: list[str] = []
    with suppress(OSError):
        lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    kibibytes = next((line.split()[1] for line in lines if line.startswith("VmHWM")), "0")
    return round(int(kibibytes) / 1024, 1)


def _python(others: Iterable[psutil.Process]) -> float:
    return time.process_time() + sum(_processor(process) for process in others)


def _processor(process: psutil.Process) -> float:
    """Seconds of the process and of all its children, those that ended too."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total


def _server() -> psutil.Process:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        row = cursor.fetchone()
    assert row
    return psutil.Process(psutil.Process(row[0]).ppid())

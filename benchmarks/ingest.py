"""Loading generated national batches beside the floor and a peer, interleaved in one run.

All types of notices, all municipalities, 2 % new versions, 3 % the same again, 1 % faulty, routing rules in every
fourth municipality. What may fail: the rate to the floor's and the peer's, the worker's memory, and the time of a
notice with much stored to that with nothing stored.
"""

import datetime
import platform
import time
from pathlib import Path
from typing import Any, Final

import psutil
from django.test.utils import override_settings
from django.utils import timezone

from benchmarks import floor, peer
from benchmarks.desk import national_municipalities, prepare, wait_at_the_desk
from benchmarks.loading import Worker, database, database_name, settle, worker
from benchmarks.measuring import Cost, costs, median, middle
from benchmarks.pages import plain_storages

COUNTS: Final = (10_000, 100_000)
WHOLE: Final = (*COUNTS, 1_000_000)
DAY: Final = 3_000
FIRST: Final = 100
PEER_MOST: Final = 100_000
# with 100 000 notices and more: one load takes minutes
ONCE_FROM: Final = 500_000
LEAST_OF_FLOOR: Final = 0.10
MOST_MEMORY: Final = 300
MOST_WITH_STORED: Final = 1.2
# single ones differ by a third on a machine that is not alone
PAIRS: Final = 5
# seconds after which a load of so many hangs
LIMIT: Final = 120
LIMIT_EACH: Final = 1 / 100
HEAD: Final = (
    "notices · repeats · s · a second (floor, peer) · to floor, to peer · by processor to floor, to peer · "
    "s of Python, of PostgreSQL · worker MiB"
)


def measure(counts: tuple[int, ...], repeats: int, folder: Path) -> dict[str, Any]:
    """Rates of each size, and what is told of the largest database; in copies of the database, which is migrated."""
    prepare()
    result: dict[str, Any] = {"machine": _machine(), "sizes": {}, "failed": []}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=plain_storages()):
        smallest, largest, migrated = min(counts), max(counts), database_name()
        first = _batch(folder, FIRST, seed=0)
        for count in sorted(counts):
            size = _Size(count, folder)
            for number in range(1 if count >= ONCE_FROM else repeats):
                last = count == largest and number == (0 if count >= ONCE_FROM else repeats - 1)
                with database(migrated), worker() as running:
                    # a worker runs for weeks: what its very first load prepares is not measured
                    running.load(first, FIRST, limit=LIMIT)
                    size.once(running)
                    if last:
                        pairs = _pairs(running, migrated, first, smallest, max(repeats, PAIRS), folder)
                        days = _days(running, repeats, folder)
                        result["stored"] = {"notices": largest, **pairs, "day": days}
            result["sizes"][str(count)] = size.as_json()
    result["failed"] = _failed(result)
    return result


class _Size:
    """One number of notices, each time in an empty database; the floor and the peer right after.

    `peer_rows` is the peer with its rows already in memory.
    """

    def __init__(self, count: int, folder: Path) -> None:
        self.count = count
        self.file = _batch(folder, count, seed=1)
        self.costs: dict[str, list[Cost]] = {"ours": [], "floor": [], "peer": [], "peer_rows": []}
        self.memory = 0.0

    def once(self, running: Worker) -> None:
        limit = LIMIT + self.count * LIMIT_EACH
        cost, _ = running.load(self.file, self.count, limit=limit)
        self.costs["ours"].append(cost)
        self.memory = max(self.memory, running.memory)
        with costs(self.count, seconds=limit) as cost:
            floor.load(self.file)
        self.costs["floor"].append(cost)
        some = min(self.count, PEER_MOST)
        with costs(some, seconds=limit) as cost:
            peer.load(self.file, some)
        self.costs["peer"].append(cost)
        rows = peer.read(self.file, some)
        with costs(some, seconds=limit) as cost:
            peer.enter(rows)
        self.costs["peer_rows"].append(cost)

    def as_json(self) -> dict[str, Any]:
        """`to_…` by time, `processor_to_…` by processor seconds: the median of the repeats' own ratios."""
        ours = self.costs["ours"]
        told: dict[str, Any] = {name: median(found).as_json() for name, found in self.costs.items()}
        for name in ("floor", "peer", "peer_rows"):
            pairs = list(zip(ours, self.costs[name], strict=True))
            told[f"to_{name}"] = middle(a.rate / b.rate for a, b in pairs)
            told[f"processor_to_{name}"] = middle(a.rate_of_processor / b.rate_of_processor for a, b in pairs)
        size = self.file.stat().st_size
        return told | {"memory": self.memory, "bytes": size, "repeats": len(ours)}


def _pairs(running: Worker, migrated: str, first: Path, count: int, pairs: int, folder: Path) -> dict[str, Any]:
    """Batches of the smallest size once more, of other people, into the full database and into an empty one.

    The two follow each other, by turns one first and then the other: a minute later the machine may be twice as quick.
    """
    settle()
    stored, empty = [], []
    for number in range(pairs):
        file = _batch(folder, count, seed=100 + number)
        if number % 2:
            empty.append(_load_alone(migrated, first, file, count))
        stored.append(running.load(file, count, limit=LIMIT + count * LIMIT_EACH)[0])
        if not number % 2:
            empty.append(_load_alone(migrated, first, file, count))
        file.unlink()
    ratio = middle(a.seconds / b.seconds for a, b in zip(stored, empty, strict=True))
    return median(stored).as_json() | {"to_empty": ratio, "pairs": pairs}


def _load_alone(migrated: str, first: Path, file: Path, count: int) -> Cost:
    """Into an empty database, by a worker that has loaded once."""
    with database(migrated), worker() as running:
        running.load(first, FIRST, limit=LIMIT)
        return running.load(file, count, limit=LIMIT + count * LIMIT_EACH)[0]


def _days(running: Worker, repeats: int, folder: Path) -> dict[str, Any]:
    """A day's batch from its arrival to the desk."""
    days = []
    for number in range(repeats):
        file = _batch(folder, DAY, seed=200 + number)
        before = time.perf_counter()
        batch = running.load(file, DAY, limit=LIMIT)[1]
        wait_at_the_desk(batch)
        days.append(time.perf_counter() - before)
        file.unlink()
    return {"count": DAY, "seconds": middle(days)}


def _batch(folder: Path, count: int, seed: int) -> Path:
    """The file of a batch sent today."""
    from etotu.generator import generate

    file = folder / f"{count}-{seed}.xml"
    day, codes = timezone.localdate() - datetime.timedelta(days=1), national_municipalities()
    with file.open("wb") as stream:
        stream.writelines(generate(codes, count, day, seed, versions=0.02, duplicates=0.03, errors=0.01))
    return file


def _failed(result: dict[str, Any]) -> list[str]:
    failed = []
    for count, size in result["sizes"].items():
        if size["to_floor"] < LEAST_OF_FLOOR:
            failed.append(f"{count}: {size['to_floor']} of the floor")
        if size["to_peer"] <= 1:
            failed.append(f"{count}: {size['to_peer']} of the peer")
        if size["memory"] >= MOST_MEMORY:
            failed.append(f"{count}: {size['memory']} MiB")
    if result["stored"]["to_empty"] > MOST_WITH_STORED:
        failed.append(f"{result['stored']['to_empty']} times the time with {result['stored']['notices']} stored")
    return failed


def _machine() -> dict[str, Any]:
    cpus = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = {line.partition(":")[2].strip() for line in cpus if line.startswith("model name")}
    memory = round(psutil.virtual_memory().total / 2**30)
    load = round(psutil.getloadavg()[0], 1)
    python = platform.python_version()
    return {"processors": psutil.cpu_count(), "names": sorted(names), "gib": memory, "load": load, "python": python}


def as_text(result: dict[str, Any]) -> str:
    machine = result["machine"]
    stored = result["stored"]
    lines = [
        f"{machine['processors']} × {', '.join(machine['names'])}, {machine['gib']} GiB, load {machine['load']}",
        HEAD,
    ]
    for count, size in result["sizes"].items():
        ours, floor_, peer_ = size["ours"], size["floor"], size["peer"]
        lines.append(
            f"{count} · {size['repeats']} · {ours['seconds']} · {ours['rate']} ({floor_['rate']}, {peer_['rate']}) · "
            f"{size['to_floor']}, {size['to_peer']} ({size['to_peer_rows']}) · "
            f"{size['processor_to_floor']}, {size['processor_to_peer']} ({size['processor_to_peer_rows']}) · "
            f"{ours['python']}, {ours['postgres']} · {size['memory']}"
        )
    seconds, ratio = stored["seconds"], stored["to_empty"]
    lines += [
        f"{stored['count']} notices with {stored['notices']} stored: {seconds} s",
        f"{ratio} × that with none, the median of {stored['pairs']} pairs",
        f"{stored['day']['count']} notices of a day from arrival to desk: {stored['day']['seconds']} s",
        f"The peer was measured on at most {PEER_MOST} rows of the same file; in brackets without reading them.",
    ]
    return "\n".join([*lines, *(f"FAILED {words}" for words in result["failed"])])

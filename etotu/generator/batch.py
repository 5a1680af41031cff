"""A made-up batch of any size, written in pieces: the same bytes for the same arguments."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from random import Random
from typing import Final, Literal

from etotu.generator.drafts import Draft, Drafter
from etotu.generator.faulty import FAULTS
from etotu.generator.people import People
from etotu.generator.writing import CSV_START, XML_END, csv_notice, xml_notice, xml_start
from etotu.parsing.values import HELSINKI

Format = Literal["xml", "csv"]

_ROWS: Final = 256
# out of how many of the latest notices repeats and new versions are chosen
_REMEMBERED: Final = 1000


@dataclass
class GeneratedBatch:
    """`errors`, `versions` and `duplicates` are shares of the rows, 0 to 1. `day` is the day of sending, at 5.30.

    `people`: of working age in each municipality; by default so many that each has two or three notices in the
    batch. Batches of several days share their people when `seed` and `people` are the same. `counts` are those that
    loading must give, once all was written: accepted, updated, duplicate, quarantined.
    """

    codes: Sequence[str]
    count: int
    day: date
    seed: int = 0
    errors: float = 0
    versions: float = 0
    duplicates: float = 0
    form: Format = "xml"
    people: int | None = None
    sender: str = "KELA"
    counts: Counter[str] = field(default_factory=Counter, init=False)

    def chunks(self) -> Iterator[bytes]:
        self.counts.clear()
        mark = self._mark()
        write = xml_notice if self.form == "xml" else csv_notice
        yield self._start(mark).encode()
        rows: list[str] = []
        for draft in self._drafts(mark):
            rows.append(write(draft))
            if len(rows) == _ROWS:
                yield "".join(rows).encode()
                rows.clear()
        yield ("".join(rows) + (XML_END if self.form == "xml" else "")).encode()

    @property
    def batch_code(self) -> str:
        return f"{self.sender}-{self.day:%Y%m%d}-{'-'.join(self.codes[:5])}-{self._mark()}"

    def _mark(self) -> str:
        """Tells apart batches of the same day, and their notices."""
        shares = [float(share) for share in (self.errors, self.versions, self.duplicates)]
        parts = (*self.codes, self.count, self.day.isoformat(), self.seed, *shares, self.people)
        return blake2b(repr(parts).encode(), digest_size=4).hexdigest()

    def _start(self, mark: str) -> str:
        if self.form == "csv":
            return CSV_START
        sent_at = datetime(self.day.year, self.day.month, self.day.day, 5, 30, tzinfo=HELSINKI)
        return xml_start(self.batch_code, self.sender, sent_at, self.count)

    def _drafts(self, mark: str) -> Iterator[Draft]:
        random = Random(f"{mark}:{self.seed}")  # noqa: S311
        size = self.people or max(30, self.count * 2 // (5 * len(self.codes)))
        pools = {code: People(self.seed, code, size) for code in self.codes}
        drafter = Drafter(random, self.codes, self.day, pools, f"K{self.day:%Y%m%d}-{mark}-")
        spoil = FAULTS[self.form]
        latest: list[Draft] = []
        for _ in range(self.count):
            turn = random.random()
            if turn < self.errors:
                draft = drafter.draft()
                drafter.pick(spoil)(draft)
                self.counts["quarantined"] += 1
            elif latest and turn < self.errors + self.duplicates:
                draft = drafter.pick(latest)
                self.counts["duplicate"] += 1
            elif latest and turn < self.errors + self.duplicates + self.versions:
                place = int(random.random() * len(latest))
                draft = latest[place] = drafter.change(latest[place])
                self.counts["updated"] += 1
            else:
                draft = drafter.draft()
                self.counts["accepted"] += 1
                if len(latest) < _REMEMBERED:
                    latest.append(draft)
                else:
                    latest[int(random.random() * _REMEMBERED)] = draft
            yield draft


def generate(
    codes: Sequence[str],
    count: int,
    day: date,
    seed: int = 0,
    *,
    errors: float = 0,
    versions: float = 0,
    duplicates: float = 0,
    form: Format = "xml",
    people: int | None = None,
    sender: str = "KELA",
) -> Iterator[bytes]:
    """The bytes of a made-up batch, see `GeneratedBatch`."""
    batch = GeneratedBatch(codes, count, day, seed, errors, versions, duplicates, form, people, sender)
    return batch.chunks()

"""A made-up notice before it is written: what it says, chosen by a random source."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final, TypeVar

from etotu.generator import words
from etotu.generator.people import GeneratedPerson, People
from etotu.parsing.fields import MONTHS
from etotu.parsing.values import HELSINKI

T = TypeVar("T")

# shares of the types of Kela's notices in 2017–2018
_SHARES: Final = (
    *("HAKEMUS",) * 51, *("ALENNETTU_PERUSOSA",) * 20, *("PITKAAN_TYOTON",) * 10, *("SOSIAALITYON_TARVE",) * 9,
    *("NUORI_TYOTON",) * 6, *("MAAHANMUUTTAJA",) * 4,
)  # fmt: skip
_HALVED_FROM: Final = date(2026, 2, 1)


@dataclass(slots=True)
class Draft:
    """Times as ISO 8601 texts, days as dates; `expenses` are (kind, cents)."""

    tunnus: str
    kind: str
    code: str
    person: GeneratedPerson
    created: datetime
    version: int = 1
    urgent: bool = False
    note: str = ""
    received: date | None = None
    decided: date | None = None
    period: tuple[date, date] | None = None
    expenses: list[tuple[str, int]] = field(default_factory=list)
    percent: int | None = None
    ground: str = ""
    reason: str = ""
    discussion: bool = False
    discussion_on: date | None = None
    months: int | None = None
    attachment: tuple[str, str, str] | None = None
    # a form that the shape above does not have, see faulty.py
    broken: str = ""


class Drafter:
    """Makes the notices of one day: the same ones for the same seed."""

    def __init__(self, random: Random, codes: Sequence[str], day: date, pools: dict[str, People], prefix: str) -> None:
        self._random = random
        self._codes = codes
        self._prefix = prefix
        self._made = 0
        before = day - timedelta(days=1)
        self._before = before
        self._morning = datetime(before.year, before.month, before.day, 8, tzinfo=HELSINKI)
        self._month = (before.replace(day=1), before.replace(day=monthrange(before.year, before.month)[1]))
        self._percents = (20, 20, 40, 50) if day >= _HALVED_FROM else (20, 20, 40)
        self._pools = pools
        adults, young = _years_before(before, 18), _years_before(before, 25)
        oldest, aged = _years_before(before, 65), _years_before(before, 76)
        self._adults = {code: pool.born(oldest, adults) for code, pool in pools.items()}
        self._young = {code: pool.born(young, adults) for code, pool in pools.items()}
        self._older = {code: pool.born(oldest, young) for code, pool in pools.items()}
        self._aged = {code: pool.born(_years_before(before, 85), aged) for code, pool in pools.items()}

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._random.random() * len(choices))]

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def draft(self) -> Draft:
        self._made += 1
        kind = self.pick(_SHARES)
        code = self.pick(self._codes)
        person = self._person(kind, code)
        created = self._morning + timedelta(seconds=int(self._random.random() * 8 * 3600))
        draft = Draft(f"{self._prefix}{self._made:07d}", kind, code, person, created)
        if self.chance(0.75):
            draft.note = self.pick(words.SWEDISH_NOTES if person.language == "sv" else words.NOTES)
        self._fill(draft)
        return draft

    def change(self, draft: Draft) -> Draft:
        """The next version of a notice."""
        return replace(draft, version=draft.version + 1, note=self.pick(words.CORRECTIONS), urgent=True)

    def _person(self, kind: str, code: str) -> GeneratedPerson:
        bounds = self._adults
        if kind == "NUORI_TYOTON":
            bounds = self._young
        elif kind == "PITKAAN_TYOTON":
            bounds = self._older
        elif kind == "SOSIAALITYON_TARVE" and self.chance(0.05):
            bounds = self._aged
        # younger people are more often on social assistance
        chance = 1 - self._random.random() ** 1.4
        return self._pools[code].draw(bounds[code], chance, abroad=kind == "MAAHANMUUTTAJA")

    def _fill(self, draft: Draft) -> None:
        kind = draft.kind
        if kind == "HAKEMUS":
            self._fill_application(draft)
        elif kind == "ALENNETTU_PERUSOSA":
            draft.percent = self.pick(self._percents)
            draft.ground = self.pick(words.GROUNDS)
            draft.period = self._month
        elif kind == "SOSIAALITYON_TARVE":
            draft.urgent = self.chance(0.15)
            draft.reason = self.pick(words.REASONS)
            draft.discussion = self.chance(0.3)
            if draft.discussion and self.chance(0.6):
                draft.discussion_on = self._before - timedelta(days=int(self._random.random() * 3))
        else:
            draft.months = MONTHS.get(kind)

    def _fill_application(self, draft: Draft) -> None:
        draft.urgent = self.chance(0.12)
        draft.received = self._before - timedelta(days=int(self._random.random() * 4))
        draft.decided = self._before
        draft.period = self._month
        for _ in range(self.pick((1, 1, 1, 2, 2, 3))):
            draft.expenses.append((self.pick(words.EXPENSES), 1000 + int(self._random.random() * 90_000)))
        if self.chance(0.15):
            draft.attachment = self.pick(words.ATTACHMENTS)


def _years_before(day: date, years: int) -> date:
    """The last birth date of those who are so old; a leap day stands for the day before it."""
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)

"""What deadlines rest on, as dated rows of data: act, section, source, and when the row was checked in the act itself.

`cases/data/legal_bases.csv`: a row is in force from the first to the last of its days; an empty one is open. Nothing
old is rewritten: when an act changes, its row ends and another begins, and a matter keeps the row of its own day.
"""

import csv
import datetime
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BASES: Final = Path(__file__).parent.parent / "data" / "legal_bases.csv"
SOCIAL_ASSISTANCE_ACT: Final = _("Social Assistance Act")
SOCIAL_WELFARE_ACT: Final = _("Social Welfare Act")
ACTS: Final[dict[str, Promise]] = {
    "social_assistance": SOCIAL_ASSISTANCE_ACT,
    "social_welfare": SOCIAL_WELFARE_ACT,
}


@dataclass(frozen=True, slots=True)
class Basis:
    """`checked_on` is None while nobody has read the row in the act in force: the pages say so."""

    duty: str
    valid_from: datetime.date
    valid_to: datetime.date
    act: str
    section: str
    source: str
    checked_on: datetime.date | None

    @property
    def words(self) -> str:
        """ "toimeentulotukilaki 14 a § 1 mom., tarkistamatta"."""
        named = f"{ACTS[self.act]} {self.section}"
        return named if self.checked_on else str(_("%(basis)s, not checked")) % {"basis": named}


@lru_cache(maxsize=1)
def all_bases() -> tuple[Basis, ...]:
    """ValueError: a day of the file cannot be read."""
    with BASES.open(encoding="utf-8", newline="") as file:
        return tuple(
            Basis(
                row["duty"],
                _day(row["valid_from"]) or datetime.date.min,
                _day(row["valid_to"]) or datetime.date.max,
                row["act"],
                row["section"],
                row["source"],
                _day(row["checked_on"]),
            )
            for row in csv.DictReader(file)
        )


def basis_on(duty: str, day: datetime.date) -> Basis | None:
    """The row in force on the day; None where no act gives this duty a number of days then."""
    rows = (row for row in all_bases() if row.duty == duty and row.valid_from <= day <= row.valid_to)
    return next(rows, None)


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None

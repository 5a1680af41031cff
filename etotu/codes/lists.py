"""The dated code lists of notices: which codes a list has on a day, and what they are called."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).resolve().parent.parent / "data"


class CodeList(StrEnum):
    """The values name the files in `etotu/data`."""

    EXPENSE_KIND = "expense_kinds"
    NEED_REASON = "need_reasons"
    REDUCTION_GROUND = "reduction_grounds"
    REDUCTION_PERCENTAGE = "reduction_percentages"
    LANGUAGE = "languages"


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    fi: str
    sv: str
    en: str
    valid_from: date
    valid_to: date | None

    def valid_on(self, day: date) -> bool:
        """Both days of the period belong to it."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class CodeLists:
    lists: Mapping[CodeList, tuple[Code, ...]]
    _by_day: dict[tuple[CodeList, date], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def codes(self, name: CodeList, day: date) -> frozenset[str]:
        """The codes of a list on a day; remembered, since a batch asks for few days."""
        key = (name, day)
        found = self._by_day.get(key)
        if found is None:
            if len(self._by_day) > 4096:
                self._by_day.clear()
            found = frozenset(row.code for row in self.lists[name] if row.valid_on(day))
            self._by_day[key] = found
        return found

    def label(self, name: CodeList, code: str, language: str) -> str:
        """What a code is called in fi, sv or en, valid or not; the code itself when the list does not know it."""
        for row in self.lists[name]:
            if row.code == code:
                return {"fi": row.fi, "sv": row.sv}.get(language, row.en)
        return code


@cache
def code_lists() -> CodeLists:
    """The lists that come with the program."""
    return CodeLists({name: tuple(_read(DATA / f"{name.value}.csv")) for name in CodeList})


def _read(path: Path) -> Iterable[Code]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            yield Code(
                row["code"],
                row["fi"],
                row["sv"],
                row["en"],
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )

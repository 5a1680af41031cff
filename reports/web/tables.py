"""The two figures that are wider than a row and its share: open matters by state and age, deadlines kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.deadlines import RULES, basis
from cases.models import MatterState
from core.figures import Figure, FigureRow
from reports.counts import AGES
from reports.figures import KeptRow, Question, age_label


@dataclass(frozen=True, slots=True)
class Number:
    """A count in a cell: what it is, and the list that it opens."""

    label: str
    count: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class NumberRow:
    label: str
    numbers: list[Number]
    basis: str = ""
    percent: float | None = None

    @property
    def total(self) -> int:
        return sum(number.count for number in self.numbers)


def open_rows(figure: Figure) -> list[NumberRow]:
    """A row for each state, a number for each age."""
    by_key = {row.key: row for row in figure.rows}
    return [
        NumberRow(str(state.label), [_number(age, by_key[f"{state.value}.{age}"]) for age in AGES])
        for state in MatterState
        if state != MatterState.CLOSED
    ]


def open_totals(rows: list[NumberRow], question: Question) -> list[Number]:
    """The sums of the columns, which open the rows of all states."""
    return [
        Number(age_label(age), count, question.link("open_matters", f"all.{age}") if count else None)
        for i, age in enumerate(AGES)
        if (count := sum(row.numbers[i].count for row in rows)) is not None
    ]


def _number(age: str, row: FigureRow) -> Number:
    return Number(age_label(age), row.count or 0, row.link)


def kept_table(rows: Iterable[KeptRow], question: Question) -> tuple[list[NumberRow], NumberRow]:
    """The duties whose deadlines ended in the period, and all of them together."""
    ended = [row for row in rows if row.ended]
    total = KeptRow(
        "all",
        _("Total"),
        sum(row.ended for row in ended),
        sum(row.kept for row in ended),
        sum(row.within_outer for row in ended),
        sum(row.late for row in ended),
    )
    return [_kept_row(row, question) for row in ended], _kept_row(total, question)


def _kept_row(row: KeptRow, question: Question) -> NumberRow:
    parts = {
        "ended": (_("Ended"), row.ended),
        "within": (_("Within the outer limit"), row.within_outer),
        "late": (_("Late"), row.late),
        "kept": (_("In time"), row.kept),
    }
    numbers = [
        Number(label, count, question.link("deadlines_kept", f"{row.key}.{part}") if count else None)
        for part, (label, count) in parts.items()
    ]
    percent = None if row.share is None else row.share * 100
    return NumberRow(row.label, numbers, _basis(row.key, question), percent)


def _basis(duty: str, question: Question) -> str:
    rules = [rule for rule in RULES if rule.duty == duty]
    if not rules:
        return ""
    local = any(rule.act is None for rule in rules)
    return basis(duty, local=local, arrived=question.period.first)

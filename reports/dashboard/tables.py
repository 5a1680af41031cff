"""The figures that are wider than a row and its share, as rows of numbers that each open their list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from cases.deadlines.rules import RULES, basis
from cases.models import MatterState
from cases.models.appointment import AppointmentState
from core.figures import Figure, FigureRow
from reports.figures.attendance import Attended
from reports.figures.counts import AGES
from reports.figures.duties import KeptRow
from reports.figures.notices import ANSWERS, NOTICE_KINDS
from reports.figures.question import Question
from reports.figures.standing import age_label
from reports.models import Flow


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
    before: float | None = None

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


def kept_table(
    rows: Iterable[KeptRow], question: Question, before: Iterable[KeptRow] = ()
) -> tuple[list[NumberRow], NumberRow]:
    """The duties whose deadlines ended in the period, and all of them together; with their shares before."""
    ended = [row for row in rows if row.ended]
    shares = {row.key: row.share for row in before}
    found = [_kept_row(row, question, shares.get(row.key)) for row in ended]
    return found, _kept_row(_all_of(ended), question, _all_of(before).share)


def _all_of(rows: Iterable[KeptRow]) -> KeptRow:
    rows = list(rows)
    return KeptRow(
        "all",
        _("Total"),
        sum(row.ended for row in rows),
        sum(row.kept for row in rows),
        sum(row.within_outer for row in rows),
        sum(row.late for row in rows),
    )


def _kept_row(row: KeptRow, question: Question, before: float | None) -> NumberRow:
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
    earlier = None if before is None else before * 100
    return NumberRow(row.label, numbers, _basis(row.key, question), percent, earlier)


def _basis(duty: str, question: Question) -> str:
    rules = [rule for rule in RULES if rule.duty == duty]
    if not rules:
        return ""
    local = any(rule.act is None for rule in rules)
    return basis(duty, local=local, arrived=question.period.first)


def answer_table(figure: Figure) -> list[NumberRow]:
    """A row for each type that had notices, a number for each answer."""
    by_key = {row.key: row for row in figure.rows}
    table = [
        NumberRow(
            str(kind.label),
            [
                Number(str(label), by_key[f"{kind.value}.{key}"].count or 0, by_key[f"{kind.value}.{key}"].link)
                for key, (label, _outcomes) in ANSWERS.items()
            ],
        )
        for kind in NOTICE_KINDS
    ]
    return [row for row in table if row.total]


@dataclass(frozen=True, slots=True)
class SpreadRow:
    row: FigureRow
    none: Number


def spread_rows(figure: Figure, question: Question) -> list[SpreadRow]:
    """The rows that had something in either period, then their total, each with those that have none yet."""
    found = [row for row in figure.rows if row.base or (row.before and row.before.base)]
    total = [replace(figure.total, key="all")] if figure.total and len(found) > 1 else []
    return [_spread_row(figure.name, row, question) for row in [*found, *total]]


def _spread_row(name: str, row: FigureRow, question: Question) -> SpreadRow:
    count = (row.base or 0) - (row.count or 0)
    return SpreadRow(row, Number("", count, question.link(name, f"{row.key}.none") if count else None))


def not_come(question: Question) -> list[Number]:
    """What became of the appointments to which the client did not come; for those who may open the rows."""
    found = Attended.of(question.counts(Flow.MET, "attendance"))
    parts = {
        "missed": (_("The client did not come"), AppointmentState.MISSED),
        "cancelled": (_("Cancelled by the client"), AppointmentState.CANCELLED_BY_CLIENT),
        "unrecorded": (_("Not recorded"), AppointmentState.OFFERED),
    }
    return [
        Number(label, count, question.link("attendance", f"all.{part}") if count else None)
        for part, (label, state) in parts.items()
        if (count := found.count(state=state)) is not None
    ]

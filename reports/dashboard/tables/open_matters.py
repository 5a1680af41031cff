"""Open matters: a row for each state, a column for each class of days, and the sums of the columns."""

from core.figures import Figure
from reports.dashboard.tables.numbers import Number, NumberRow, number
from reports.figures.open_matters import OPEN_MATTERS, OPEN_STATES, Days, OpenKey
from reports.figures.question import Question


def open_rows(figure: Figure[OpenKey]) -> list[NumberRow]:
    by_key = {row.key: row for row in figure.rows}
    table = []
    for state in OPEN_STATES:
        rows = [(days, by_key[OpenKey(state, days)]) for days in Days]
        numbers = [Number(days.label, row.count or 0, row.link) for days, row in rows]
        table.append(NumberRow(str(state.label), numbers))
    return table


def open_totals(rows: list[NumberRow], question: Question) -> list[Number]:
    """They open the rows of all states."""
    sums = [sum(row.numbers[i].count for row in rows) for i, _days in enumerate(Days)]
    return [
        number(days.label, count, OPEN_MATTERS, OpenKey(days=days), question)
        for days, count in zip(Days, sums, strict=True)
    ]

"""How the notices were answered: a row for each type that had notices, a number for each answer."""

from core.figures import Figure
from reports.dashboard.tables.numbers import Number, NumberRow
from reports.figures.arrived import NOTICE_KINDS
from reports.figures.notices.answers import Answer, TypeAnswerKey


def answer_table(figure: Figure[TypeAnswerKey]) -> list[NumberRow]:
    by_key = {row.key: row for row in figure.rows}
    table = []
    for kind in NOTICE_KINDS:
        rows = [(answer, by_key[TypeAnswerKey(kind, answer)]) for answer in Answer]
        numbers = [Number(str(answer.label), row.count or 0, row.link) for answer, row in rows]
        table.append(NumberRow(str(kind.label), numbers))
    return [row for row in table if row.total]

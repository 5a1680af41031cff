"""What became of the appointments to which the client did not come."""

from reports.dashboard.tables.numbers import Number, number
from reports.figures.attendance.by_type import ATTENDANCE, AttendanceKey
from reports.figures.question import Question


def not_come(question: Question) -> list[Number]:
    return [
        number(str(others.label), count, ATTENDANCE, AttendanceKey(others=others), question)
        for others, count in ATTENDANCE.others(question).items()
    ]

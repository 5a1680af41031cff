"""The duties whose deadlines ended in the period, and all of them together; with their shares of the period before."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.deadlines.rules import RULES, basis
from cases.models.deadline import Duty
from reports.dashboard.tables.numbers import NumberRow, number
from reports.figures.deadlines_kept import DEADLINES_KEPT, DUTIES, DutyKey, KeptRow, Part, kept_rows
from reports.figures.question import Question

HEADS: Final[dict[Part, Promise]] = {
    Part.ENDED: gettext_lazy("Ended"),
    Part.WITHIN: gettext_lazy("Within the outer limit"),
    Part.LATE: gettext_lazy("Late"),
    Part.KEPT: gettext_lazy("In time"),
}


@dataclass(frozen=True, slots=True)
class DutyRow(NumberRow):
    """`basis` is the law or the target that the duty comes from; `percent` are those kept, now and before."""

    basis: str = ""
    percent: float | None = None
    before: float | None = None


def kept_table(question: Question) -> tuple[list[DutyRow], DutyRow]:
    """Of each duty that had a deadline in the period."""
    ended = [row for row in kept_rows(question) if row.ended]
    before = kept_rows(question.previous()) if question.has_data_before else []
    shares = {row.duty: row.share for row in before}
    found = [_row(row, question, shares.get(row.duty)) for row in ended]
    return found, _row(_all_of(ended), question, _all_of(before).share)


def _all_of(rows: Iterable[KeptRow]) -> KeptRow:
    parts: Counter[Part] = Counter()
    for row in rows:
        parts.update(row.parts)
    return KeptRow(None, parts)


def _row(row: KeptRow, question: Question, before: float | None) -> DutyRow:
    numbers = [
        number(str(head), row.parts[part], DEADLINES_KEPT, DutyKey(row.duty, part), question)
        for part, head in HEADS.items()
    ]
    label = str(DUTIES[row.duty]) if row.duty else _("Total")
    return DutyRow(label, numbers, _basis(row.duty, question), _percent(row.share), _percent(before))


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _basis(duty: Duty | None, question: Question) -> str:
    rules = [rule for rule in RULES if rule.duty == duty]
    if not duty or not rules:
        return ""
    words = {local: basis(duty, local=local, arrived=question.period.first) for local in {not r.law for r in rules}}
    if len(words) == 1:
        return next(iter(words.values()))
    return _("%(law)s or %(target)s") % {"law": words[False], "target": words[True]}

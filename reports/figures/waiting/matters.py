"""Of the open matters: what is late, and what waits for its turn."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cases.models import Deadline, Matter
from core.dates import short_day
from reports.figures.keys import RowKey
from reports.figures.matters import open_matters
from reports.figures.question import Question
from reports.figures.waiting.answer import Answer, Part, Waiting


class Target(models.TextChoices):
    """Of what a matter is late: of a deadline of the law, or of a target of the municipality's own only."""

    LAW = "law", _("by law")
    OWN = "own", _("by a target of our own")


@dataclass(frozen=True, slots=True)
class LateKey(RowKey):
    VALUES: ClassVar = (tuple(Target),)

    of: Target | None = None


class Late(Waiting[LateKey]):
    name = "late"
    title = _("What is late?")
    keys = LateKey

    def rows(self, key: LateKey, question: Question) -> QuerySet[Matter]:
        late = open_matters(question).filter(due__lt=timezone.localdate())
        if key.of:
            late = late.filter(by_law() if key.of is Target.LAW else ~by_law())
        return late.select_related("unit").order_by("due", "pk")

    def answer(self, question: Question) -> Answer:
        found = self.rows(LateKey(), question).order_by()
        counted = found.aggregate(n=Count("pk"), law=Count("pk", filter=by_law()))
        n, law = counted["n"], counted["law"]
        parts = tuple(
            Part(count, str(target.label), self.link(LateKey(target), question) if count else None)
            for target, count in ((Target.LAW, law), (Target.OWN, n - law))
        )
        words = ngettext("matter is past its day", "matters are past their day", n)
        return self.answered(question, n, words, parts=parts)


class Held(Waiting[RowKey]):
    name = "held"
    title = _("Who is waiting for a turn?")
    keys = RowKey

    def rows(self, key: RowKey, question: Question) -> QuerySet[Matter]:
        held = open_matters(question).filter(held_since__isnull=False)
        return held.select_related("unit").order_by("held_since", "pk")

    def answer(self, question: Question) -> Answer:
        found = self.rows(RowKey(), question).order_by().aggregate(n=Count("pk"), since=Min("held_since"))
        n, detail = found["n"], ""
        if n:
            detail = gettext("%(a_week)s are released a week, the oldest is of %(day)s.") % {
                "a_week": question.settings.held_per_week,
                "day": short_day(found["since"]),
            }
        return self.answered(question, n, ngettext("matter held for capacity", "matters held for capacity", n), detail)


def by_law() -> Q:
    past = Deadline.objects.filter(matter=OuterRef("pk"), met_on=None, due__lt=timezone.localdate())
    return Q(Exists(past.filter(local=False)))


LATE = Late()
HELD = Held()

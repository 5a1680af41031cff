"""The goals recorded in a period: each client counts once, by the latest measurement with a goal."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet

from avain.models import Goal, Measurement
from core.models import Code
from reports.figures.clients import of_clients_unit
from reports.figures.goals.keys import LIST, GoalKey
from reports.figures.question import Question


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many clients have goals, how many filled them in together with the worker, and how many have each goal."""

    n: int
    together: int
    by_goal: dict[GoalKey, int]
    by_main_goal: dict[GoalKey, int]


def recorded(question: Question) -> Recorded:
    measurements = latest_measurements(question)
    filled = measurements.aggregate(n=Count("pk"), together=Count("pk", filter=Q(together=True)))
    goals = goals_of(measurements).order_by("code").values_list("code")
    counted = goals.annotate(n=Count("measurement", distinct=True), main=Count("pk", filter=Q(main=True)))
    by_code = {code: (n, main) for code, n, main in counted}
    found = Recorded(filled["n"], filled["together"], {}, {})
    for code, in_force in _codes(question, by_code):
        n, main = by_code.get(code.pk, (0, 0))
        if n or in_force:
            _add(found.by_goal, GoalKey.of(code), n)
        if main or in_force:
            _add(found.by_main_goal, GoalKey.of(code), main)
    return found


def latest_measurements(question: Question) -> QuerySet[Measurement]:
    """Each client's latest measurement with a goal that is dated in the period."""
    period = question.period
    own = Measurement.objects.filter(municipality=question.municipality)
    dated = own.filter(day__range=(period.first, period.last), goals__isnull=False)
    dated = question.among.of_age(of_clients_unit(dated, question.among, "client_id"), F("day"), "client__")
    if not question.restricted:
        dated = dated.filter(client__restricted=False)
    latest = dated.order_by("client_id", "-day", "-pk").distinct("client_id").values("pk")
    return own.filter(among("pk", latest))


def goals_of(measurements: QuerySet[Measurement]) -> QuerySet[Goal]:
    return Goal.objects.filter(among("measurement", measurements.values("pk")))


def among(field: str, ids: QuerySet[Any, Any]) -> Func:
    """Whether the field is one of the ids, which are found once and before the rest: a subquery that is joined could be
    worked out again for each row."""
    found, boolean = ArraySubquery(ids), BooleanField()
    return Func(F(field), found, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=boolean)


def _codes(question: Question, used: Collection[int]) -> Iterator[tuple[Code, bool]]:
    """Those of the list in force, and those of others that somebody has; and whether they are in force."""
    in_force = Code.objects.of(LIST, question.period.last)
    codes = Code.objects.filter(Q(pk__in=used) | Q(pk__in=in_force.values("pk"))).order_by("list__starts", "position")
    for code in codes.annotate(in_force=Exists(in_force.filter(pk=OuterRef("pk")))):
        yield code, getattr(code, "in_force", False)


def _add(counts: dict[GoalKey, int], key: GoalKey, n: int) -> None:
    """A goal that two lists have is one goal: it stands where the later one has it, in its words."""
    counts[key] = counts.pop(key, 0) + n

"""What a measurement said before its corrections, from the change history.

A correction is one transaction, whose context and moment all its history rows share.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from avain.models import Measurement
from avain.models.measurement import Direction, Effect, MeasurementKind
from core.models import Code


@dataclass(slots=True)
class EarlierGoal:
    code: Code
    direction: str
    own_words: str
    main: bool
    supports: list[tuple[Code, str]] = field(default_factory=list)
    hinders: list[tuple[Code, str]] = field(default_factory=list)


@dataclass(slots=True)
class Earlier:
    """`until` is the moment of the correction that replaced it."""

    until: datetime.datetime
    day: datetime.date
    kind: str
    together: bool
    why_not_together: str
    goals: list[EarlierGoal]
    methods: list[Code]


def earlier_versions(measurement: Measurement) -> list[Earlier]:
    """The latest first, in a set number of queries."""
    rows = list(kept("MeasurementHistory").filter(pgh_obj_id=measurement.pk).order_by("-pgh_id"))
    if not rows:
        return []
    goals = list(kept("GoalHistory").filter(measurement_id=measurement.pk).order_by("-main", "position"))
    factors = list(kept("GoalFactorHistory").filter(goal_id__in=[goal.id for goal in goals]).order_by("pgh_id"))
    methods = list(kept("MeasurementMethodHistory").filter(measurement_id=measurement.pk).order_by("pgh_id"))
    codes = Code.objects.in_bulk({row.code_id for row in (*goals, *factors, *methods)})
    return [
        Earlier(
            until=row.pgh_created_at,
            day=row.day,
            kind=str(MeasurementKind(row.kind).label),
            together=row.together,
            why_not_together=row.why_not_together,
            goals=[goal_of(goal, factors, codes) for goal in goals if together(goal, row)],
            methods=[codes[m.code_id] for m in methods if together(m, row)],
        )
        for row in rows
    ]


def goal_of(goal: Any, factors: list[Any], codes: dict[int, Code]) -> EarlierGoal:
    own = [factor for factor in factors if factor.goal_id == goal.id]
    sides = {
        effect: [(codes[factor.code_id], factor.note) for factor in own if factor.effect == effect] for effect in Effect
    }
    return EarlierGoal(
        codes[goal.code_id],
        str(Direction(goal.direction).label),
        goal.own_words,
        goal.main,
        sides[Effect.SUPPORTS],
        sides[Effect.HINDERS],
    )


def together(one: Any, other: Any) -> bool:
    return (one.pgh_context_id, one.pgh_created_at) == (other.pgh_context_id, other.pgh_created_at)


def kept(name: str) -> Any:
    return apps.get_model("avain", name).objects

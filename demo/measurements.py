"""AVAIN: goals that clients and workers set when the case was opened, and looked at again later."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from avain.models import Goal, GoalFactor, Measurement, MeasurementMethod
from avain.models.measurement import Direction, Effect, MeasurementKind
from cases.models import Event
from core.models import Code
from demo.by_hand import event
from demo.relations import Relation
from demo.shares import GOALS, HINDERS, METHODS, PREVENTED, SUPPORTS
from demo.words import pick, texts

MEASURED, TOGETHER, AGAIN = 0.85, 0.85, 0.35
AGAIN_AFTER = datetime.timedelta(days=28)
NOTED = 0.6
Factor = tuple[str, Effect, str]


@dataclass(slots=True)
class PlannedGoal:
    code: str
    direction: Direction
    own_words: str
    factors: list[Factor]


@dataclass(slots=True)
class Planned:
    """A measurement before it is stored."""

    relation: Relation
    at: datetime.datetime
    kind: MeasurementKind
    together: bool
    why_not: str
    goals: list[PlannedGoal] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)


def measure(relations: list[Relation], random: Random) -> int:
    """Store the measurements of these cases; gives how many."""
    planned = [one for relation in relations if random.random() < MEASURED for one in plan(relation, random)]
    store(sorted(planned, key=lambda one: one.at))
    return len(planned)


def plan(relation: Relation, random: Random) -> list[Planned]:
    """The initial measurement, and for some an interim one with goals that came along and perhaps a new one."""
    goals = [goal(code, relation, random) for code in sample(GOALS, random.choices((1, 2, 3), (45, 37, 18))[0], random)]
    first = planned(relation, relation.opened_at, MeasurementKind.INITIAL, goals, random)
    later = [at for at in relation.met if at - relation.opened_at > AGAIN_AFTER]
    if not later or random.random() > AGAIN:
        return [first]
    kept = goals if len(goals) == 1 or random.random() < 0.6 else goals[:-1]
    new = [code for code in sample(GOALS, 3, random) if code not in {one.code for one in goals}][:1]
    added = [goal(code, relation, random) for code in new] if random.random() < 0.4 else []
    return [first, planned(relation, later[0], MeasurementKind.INTERIM, kept + added, random)]


def planned(
    relation: Relation, at: datetime.datetime, kind: MeasurementKind, goals: list[PlannedGoal], random: Random
) -> Planned:
    together = random.random() < TOGETHER
    methods = [code for code, share in METHODS.items() if random.random() * 100 < share] or ["discussion"]
    why_not = "" if together else pick(random, "why_not_together")
    return Planned(relation, at + datetime.timedelta(minutes=20), kind, together, why_not, goals, methods)


def goal(code: str, relation: Relation, random: Random) -> PlannedGoal:
    direction = Direction.PREVENT if code in PREVENTED and random.random() < 0.35 else Direction.IMPROVE
    supports = sample(SUPPORTS, random.choices((1, 2), (65, 35))[0], random)
    hinders = sample(HINDERS, random.choices((0, 1, 2), (12, 55, 33))[0], random)
    factors = [factor(name, Effect.SUPPORTS, random) for name in supports]
    factors += [factor(name, Effect.HINDERS, random) for name in hinders]
    return PlannedGoal(code, direction, pick(random, f"goal.{code}", relation.client.language), factors)


def factor(name: str, effect: Effect, random: Random) -> Factor:
    words = f"factor.{name}.{effect.value}"
    return name, effect, pick(random, words) if texts(words) and random.random() < NOTED else ""


def sample(weights: Mapping[str, int], number: int, random: Random) -> list[str]:
    """So many different ones, the weightier more often."""
    left = dict(weights)
    found = []
    for _ in range(number):
        name = random.choices(list(left), list(left.values()))[0]
        del left[name]
        found.append(name)
    return found


def store(plans: list[Planned]) -> None:
    rows = Measurement.objects.bulk_create(
        Measurement(
            municipality_id=one.relation.client.municipality_id,
            client=one.relation.client,
            day=timezone.localdate(one.at),
            kind=one.kind,
            together=one.together,
            why_not_together=one.why_not,
            by=one.relation.worker,
            created_at=one.at,
        )
        for one in plans
    )
    codes = {kind: by_code(f"avain.{kind}") for kind in ("goals", "factors", "methods")}
    store_goals(list(zip(rows, plans, strict=True)), codes["goals"], codes["factors"])
    MeasurementMethod.objects.bulk_create(
        MeasurementMethod(municipality_id=row.municipality_id, measurement=row, code=codes["methods"][name])
        for row, one in zip(rows, plans, strict=True)
        for name in one.methods
    )
    Event.objects.bulk_create(measured(row, one) for row, one in zip(rows, plans, strict=True))


def store_goals(pairs: list[tuple[Measurement, Planned]], codes: dict[str, Code], factors: dict[str, Code]) -> None:
    made = [
        (
            Goal(
                municipality_id=row.municipality_id,
                measurement=row,
                position=position,
                code=codes[one.code],
                direction=one.direction,
                own_words=one.own_words,
                main=position == 1,
            ),
            one,
        )
        for row, plan in pairs
        for position, one in enumerate(plan.goals, start=1)
    ]
    Goal.objects.bulk_create(goal for goal, _ in made)
    GoalFactor.objects.bulk_create(
        GoalFactor(municipality_id=goal.municipality_id, goal=goal, code=factors[name], effect=effect, note=note)
        for goal, one in made
        for name, effect, note in one.factors
    )


def by_code(name: str) -> dict[str, Code]:
    return {row.code: row for row in Code.objects.of(name, timezone.localdate())}


def measured(row: Measurement, one: Planned) -> Event:
    """As `avain.measurements.verbs.tell` says it."""
    told = event(one.relation.client, one.relation.worker, "avain.measured", one.at)
    told.data = {
        "measurement": row.pk,
        "measured": str(one.kind),
        "goals": len(one.goals),
        "together": one.together,
        "day": row.day.isoformat(),
    }
    return told

"""Recording a measurement, and correcting one: the old rows stay in the change history."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from avain.models import Goal, GoalFactor, Measurement, MeasurementMethod
from avain.models.measurement import MeasurementKind
from cases.models import Client
from cases.timeline.events import record_event
from core.models import Code
from core.saving import NotPossible, claim


@dataclass(frozen=True, slots=True)
class FactorEntry:
    code: Code
    effect: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalEntry:
    code: Code
    direction: str
    own_words: str = ""
    main: bool = False
    factors: Sequence[FactorEntry] = ()


@dataclass(frozen=True, slots=True)
class MeasurementEntry:
    """What was filled. A goal that is alone is the main one without being told so."""

    day: datetime.date
    kind: str
    together: bool
    why_not_together: str = ""
    goals: Sequence[GoalEntry] = ()
    methods: Sequence[Code] = field(default_factory=tuple)


@transaction.atomic
def record_measurement(actor: User, client: Client, entry: MeasurementEntry) -> Measurement:
    check(entry)
    measurement = Measurement.objects.create(
        municipality_id=client.municipality_id,
        client=client,
        day=entry.day,
        kind=entry.kind,
        together=entry.together,
        why_not_together=reason(entry),
        by=actor,
    )
    write_parts(measurement, entry)
    tell("avain.measured", measurement, actor, entry)
    return measurement


@transaction.atomic
def correct_measurement(
    actor: User, measurement: Measurement, version: int, entry: MeasurementEntry, why: str
) -> Measurement:
    """Replace what was recorded; what stood there before stays readable in the history with who, when and why.

    Raises core.saving.ChangedMeanwhile.
    """
    check(entry)
    row = claim(Measurement.objects.filter(municipality=measurement.municipality_id), measurement.pk, version)
    row.day, row.kind, row.together, row.why_not_together = entry.day, entry.kind, entry.together, reason(entry)
    row.save()
    row.goals.all().delete()
    row.methods.all().delete()
    write_parts(row, entry)
    tell("avain.corrected", row, actor, entry, why)
    return row


def check(entry: MeasurementEntry) -> None:
    """Raises NotPossible beside the field that is wrong."""
    if entry.day > timezone.localdate():
        raise NotPossible(_("The day cannot be in the future."), "day")
    if not entry.together and not entry.why_not_together.strip():
        raise NotPossible(_("Tell why it was not filled together."), "why_not_together")
    if not entry.goals and entry.kind != MeasurementKind.CLOSING:
        raise NotPossible(_("Record at least one goal."), "goals")
    if len(entry.goals) > 1 and sum(goal.main for goal in entry.goals) != 1:
        raise NotPossible(_("Choose which of the goals is the main goal."), "main")


def reason(entry: MeasurementEntry) -> str:
    return "" if entry.together else entry.why_not_together.strip()


def write_parts(measurement: Measurement, entry: MeasurementEntry) -> None:
    """Goals, their factors and the methods, in three statements."""
    municipality_id = measurement.municipality_id
    goals = Goal.objects.bulk_create(
        Goal(
            municipality_id=municipality_id,
            measurement=measurement,
            position=position,
            code=goal.code,
            direction=goal.direction,
            own_words=goal.own_words.strip(),
            main=goal.main or len(entry.goals) == 1,
        )
        for position, goal in enumerate(entry.goals, start=1)
    )
    GoalFactor.objects.bulk_create(
        GoalFactor(
            municipality_id=municipality_id, goal=row, code=factor.code, effect=factor.effect, note=factor.note.strip()
        )
        for row, goal in zip(goals, entry.goals, strict=True)
        for factor in goal.factors
    )
    MeasurementMethod.objects.bulk_create(
        MeasurementMethod(municipality_id=municipality_id, measurement=measurement, code=code) for code in entry.methods
    )


def tell(kind: str, measurement: Measurement, actor: User, entry: MeasurementEntry, why: str = "") -> None:
    record_event(
        kind,
        client=measurement.client,
        actor=actor,
        measurement=measurement.pk,
        measured=str(entry.kind),
        goals=len(entry.goals),
        together=entry.together,
        day=entry.day.isoformat(),
        reason=why,
    )

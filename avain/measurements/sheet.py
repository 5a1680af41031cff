"""A measurement's whole page of forms, made from what was sent, from a measurement, or empty.

Names: `goals` counts the goals, `goal-0-supports` the rows of a side, `goal-0-supports-1-code` is a field, `main` the
number of the main goal, `goal-0-remove` says that a goal goes.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from avain.measurements.errors import errors_shown
from avain.measurements.forms import (
    FREE_FACTORS,
    MOST_FACTORS,
    MOST_GOALS,
    FactorForm,
    GoalForm,
    GoalPart,
    MeasurementForm,
    Side,
    codes,
    entry_of,
    grouped,
)
from avain.measurements.verbs import MeasurementEntry
from avain.models import Goal, Measurement
from avain.models.measurement import Effect
from core.day_field import DayField
from core.models import Code

Values = dict[str, Any]
# what stands in the place of a number in the rows that the script copies
GOAL, FACTOR = "__goal__", "__factor__"


class Sheet:
    def __init__(self, day: datetime.date, values: Values | None = None, data: QueryDict | None = None) -> None:
        """With `data` the forms check what was sent; with `values` they only show it."""
        self.data = data
        self.values: Mapping[str, Any] = data if data is not None else (values or {})
        self.goal_codes, self.factor_codes = codes("goals", day), codes("factors", day)
        self.form = self._form(MeasurementForm, "")
        self.form.fields["methods"].offer(grouped(codes("methods", day)))
        chosen = self.values.get("main", "")
        self.goals = [
            self._goal(number, str(number) == str(chosen)) for number in range(self._count("goals", 1, MOST_GOALS))
        ]
        self.empty_goal = self._goal(GOAL, False)
        self.general: list[str] = []

    def is_valid(self) -> bool:
        kept = self.kept
        valid = all([self.form.is_valid(), *(goal.is_valid() for goal in kept)])
        filled = [goal for goal in kept if goal.form.is_valid() and not goal.is_empty] if valid else []
        if valid and len(filled) > 1 and not any(goal.main for goal in filled):
            self.general.append(_("Choose which of the goals is the main goal."))
            return False
        if valid and not filled and self.form.cleaned_data["kind"] != "closing":
            self.general.append(_("Record at least one goal."))
            return False
        return valid

    def entry(self) -> MeasurementEntry:
        return entry_of(self.form, self.kept)

    @property
    def kept(self) -> list[GoalPart]:
        return [goal for goal in self.goals if not self.values.get(f"goal-{goal.number}-remove")]

    @property
    def errors(self) -> list[dict[str, str]]:
        """For the summary at the top."""
        return errors_shown(self.form, self.kept)

    def _goal(self, number: int | str, main: bool) -> GoalPart:
        form = self._form(GoalForm, f"goal-{number}")
        form.fields["code"].offer(self.goal_codes)
        sides = [self._side(f"goal-{number}-{effect.value}", effect) for effect in Effect]
        part = GoalPart(number, form, sides, main)
        part.removed = bool(self.values.get(f"goal-{number}-remove"))
        return part

    def _side(self, prefix: str, effect: Effect) -> Side:
        count = self._count(prefix, FREE_FACTORS, MOST_FACTORS)
        side = Side(prefix, effect, [self._factor(f"{prefix}-{number}") for number in range(count)])
        side.empty_row = self._factor(f"{prefix}-{FACTOR}")
        return side

    def _factor(self, prefix: str) -> FactorForm:
        form: FactorForm = self._form(FactorForm, prefix)
        form.fields["code"].offer(self.factor_codes)  # type: ignore[attr-defined]
        return form

    def _count(self, name: str, least: int, most: int) -> int:
        """The number of rows, one more when the button for it was pressed."""
        text = str(self.values.get(name, ""))
        count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else least
        return max(least, min(most, count + (self.values.get("more") == name)))

    def _form(self, kind: type[Any], prefix: str) -> Any:
        # the empty rows that the script copies are never checked
        if self.data is not None and GOAL not in prefix and FACTOR not in prefix:
            return kind(self.data, prefix=prefix or None)
        lead = f"{prefix}-" if prefix else ""
        shown = {name: self.values[lead + name] for name in kind.base_fields if lead + name in self.values}
        return kind(prefix=prefix or None, initial=shown)


def sheet_sent(data: QueryDict) -> Sheet:
    """What was sent, to be checked; the code lists are those of the day that it names."""
    return Sheet(day_of(data.get("day", "")), data=data)


def sheet_with_more(data: QueryDict) -> Sheet:
    """What was sent, shown again with one row more and without complaints."""
    values: Values = {name: data[name] for name in data} | {"methods": data.getlist("methods")}
    return Sheet(day_of(data.get("day", "")), values)


def day_of(text: str) -> datetime.date:
    try:
        day = DayField().clean(text)
    except forms.ValidationError:
        return timezone.localdate()
    return day if isinstance(day, datetime.date) else timezone.localdate()


def values_of(measurement: Measurement) -> Values:
    """A measurement as the values of the sheet, to be corrected."""
    return {
        "day": measurement.day,
        "kind": measurement.kind,
        "together": "yes" if measurement.together else "no",
        "why_not_together": measurement.why_not_together,
        "methods": [str(method.code_id) for method in measurement.methods.all()],
        **goals_as_values(measurement, set()),
    }


def goals_as_values(measurement: Measurement, only: set[int]) -> Values:
    """The goals with their factors; with `only`, codes that are in none of the lists now in force are left open."""
    goals = sorted(measurement.goals.all(), key=lambda goal: goal.position)
    values: Values = {"goals": len(goals)}
    for number, goal in enumerate(goals):
        values |= goal_as_values(goal, f"goal-{number}", only)
        if goal.main:
            values["main"] = number
    return values


def goal_as_values(goal: Goal, prefix: str, only: set[int]) -> Values:
    def shown(code: Code) -> str:
        return str(code.pk) if not only or code.pk in only else ""

    values: Values = {
        f"{prefix}-own_words": goal.own_words,
        f"{prefix}-code": shown(goal.code),
        f"{prefix}-direction": goal.direction,
    }
    for effect in Effect:
        side = f"{prefix}-{effect.value}"
        factors = [factor for factor in goal.factors.all() if factor.effect == effect.value]
        values[side] = max(len(factors), FREE_FACTORS)
        for number, factor in enumerate(factors):
            values[f"{side}-{number}-code"] = shown(factor.code)
            values[f"{side}-{number}-note"] = factor.note
    return values

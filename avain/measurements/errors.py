"""The summary of what is wrong in a measurement: each error with the goal it is of and the field it leads to."""

from collections.abc import Iterable

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avain.measurements.forms import GoalPart
from avain.models.measurement import Effect

FACTORS: dict[Effect, Promise] = {
    Effect.SUPPORTS: gettext_lazy("Supporting factor"),
    Effect.HINDERS: gettext_lazy("Hindering factor"),
}


def errors_shown(form: forms.Form, goals: Iterable[GoalPart]) -> list[dict[str, str]]:
    found = errors_of(form)
    for goal in goals:
        number = int(goal.number) + 1
        found += errors_of(goal.form, number)
        for side in goal.sides:
            for row in side.rows:
                found += errors_of(row, number, FACTORS[side.effect])
    return found


def errors_of(form: forms.Form, goal: int = 0, label: str | Promise = "") -> list[dict[str, str]]:
    """`goal` is the number of the goal that the form is a part of; `label` stands for the labels of its fields."""
    return [
        {
            "to": f"div_{form[name].auto_id}" if form[name].use_fieldset else form[name].id_for_label,
            "label": named(str(label or form[name].label), goal),
            "words": str(words),
        }
        for name, all_words in (form.errors.items() if form.is_bound else ())
        if name in form.fields
        for words in all_words
    ]


def named(label: str, goal: int) -> str:
    return _("Goal %(number)s: %(field)s") % {"number": goal, "field": label} if goal else label

"""The form of a measurement: the measurement, its goals, and for each goal what supports and what hinders it.

Everything works without script: there are empty rows to fill, and a button asks the server for more of them.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from avain.measurements.verbs import FactorEntry, GoalEntry, MeasurementEntry
from avain.models.measurement import Direction, Effect, MeasurementKind
from core.day_field import DayField, DayInput
from core.day_limits import Span
from core.models import Code

FIRST_LIST = datetime.date(2014, 1, 1)
FREE_FACTORS = 1
MOST_GOALS = 12
MOST_FACTORS = 28


def codes(name: str, day: datetime.date) -> list[Code]:
    """The codes of a list in force on `day`; the trial's factors and methods also for the days before it."""
    found = list(Code.objects.of(f"avain.{name}", day).select_related("list"))
    return found or list(Code.objects.filter(list__name=f"avain.{name}").order_by("list__starts", "position", "pk"))


class CodeField(forms.ChoiceField):
    """A choice among codes that were read once for the whole page; gives the Code or None."""

    def __init__(self, empty: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.empty = empty
        self.by_pk: dict[str, Code] = {}

    def offer(self, found: Iterable[Code]) -> None:
        self.by_pk = {str(code.pk): code for code in found}
        self.choices = [("", self.empty), *((pk, code.label) for pk, code in self.by_pk.items())]

    def clean(self, value: Any) -> Code | None:
        return self.by_pk.get(super().clean(value))


class CodesField(forms.MultipleChoiceField):
    """Several codes of a list, as checkboxes in groups."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)
        self.by_pk: dict[str, Code] = {}

    def offer(self, groups: list[tuple[Any, list[Code]]]) -> None:
        self.by_pk = {str(code.pk): code for _label, group in groups for code in group}
        self.choices = [(label, [(str(code.pk), code.label) for code in group]) for label, group in groups]

    def clean(self, value: Any) -> list[Code]:
        return [self.by_pk[pk] for pk in super().clean(value)]


METHOD_GROUPS = {
    "supportive": _("Work with the client"),
    "financial": _("Work with finances"),
    "assessment": _("Assessment"),
    "structural": _("Community and structural work"),
}


def grouped(methods: list[Code]) -> list[tuple[Any, list[Code]]]:
    groups: dict[Any, list[Code]] = {}
    for code in methods:
        groups.setdefault(METHOD_GROUPS.get(code.extra.get("group", ""), _("Other")), []).append(code)
    return list(groups.items())


class MeasurementForm(forms.Form):
    day = DayField(
        label=_("Date"),
        span=Span(ahead=0),
        # typed as it is written here: a date picker would show the day in the way of the browser's language
        widget=DayInput(attrs={"autocomplete": "off", "placeholder": _("d.m.yyyy"), "inputmode": "numeric"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=MeasurementKind.choices, widget=forms.RadioSelect)
    together = forms.TypedChoiceField(
        label=_("Was it filled together with the client?"),
        choices=[("yes", _("Together")), ("no", _("Without the client"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    why_not_together = forms.CharField(
        label=_("If not, why?"), max_length=300, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    methods = CodesField(label=_("Methods"), required=False)

    def clean_day(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["day"]
        if day < FIRST_LIST:
            raise ValidationError(_("There are no code lists from before 2014."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("together") is False and not data.get("why_not_together", "").strip():
            self.add_error("why_not_together", _("Tell why it was not filled together."))
        return data


class GoalForm(forms.Form):
    own_words = forms.CharField(
        label=_("The goal in the client's own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "client goal-words"}),
    )
    code = CodeField(label=_("What the goal is about"), empty=_("Choose"), required=False)
    direction = forms.ChoiceField(
        label=_("Where to"),
        choices=lambda: [(value, capfirst(label)) for value, label in Direction.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def is_empty(self) -> bool:
        data = self.cleaned_data
        return not (data.get("own_words") or data.get("code") or data.get("direction"))


class CorrectionForm(forms.Form):
    why = forms.CharField(
        label=_("Why is it corrected?"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class FactorForm(forms.Form):
    code = CodeField(label=_("Factor"), empty=_("Choose a factor"), required=False)
    note = forms.CharField(
        label=_("In a few words"), max_length=500, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("note") and not data.get("code") and "code" not in self.errors:
            self.add_error("code", _("Choose the factor that the words are about."))
        return data


class Side:
    """The factors of one goal that support it, or those that hinder it."""

    def __init__(self, prefix: str, effect: Effect, rows: list[FactorForm]) -> None:
        self.prefix = prefix
        self.effect = effect
        self.rows = rows
        self.empty_row: FactorForm | None = None

    def is_valid(self) -> bool:
        checked = [row.is_valid() for row in self.rows]
        valid = all(checked)
        seen: set[int] = set()
        for row in self.rows:
            code = row.cleaned_data.get("code") if row.is_valid() else None
            if code is not None and code.pk in seen:
                row.add_error("code", _("The same factor is here twice."))
                valid = False
            if code is not None:
                seen.add(code.pk)
        return valid

    def entries(self) -> list[FactorEntry]:
        return [
            FactorEntry(row.cleaned_data["code"], self.effect.value, row.cleaned_data["note"])
            for row in self.rows
            if row.cleaned_data.get("code")
        ]


class GoalPart:
    """One goal with its two sides."""

    def __init__(self, number: int | str, form: GoalForm, sides: list[Side], main: bool) -> None:
        self.number = number
        self.form = form
        self.sides = sides
        self.main = main
        self.removed = False

    def is_valid(self) -> bool:
        checked = [side.is_valid() for side in self.sides]
        valid = all(checked)
        if not self.form.is_valid():
            return False
        # a side that is wrong is not empty: what the goal itself lacks is told at the same time
        if valid and self.is_empty:
            return True
        data = self.form.cleaned_data
        if not data["code"]:
            self.form.add_error("code", _("Choose what the goal is about."))
        if not data["direction"]:
            self.form.add_error("direction", _("Choose the direction."))
        return valid and not self.form.errors

    @property
    def is_empty(self) -> bool:
        return self.form.is_empty and not any(side.entries() for side in self.sides)

    def entry(self) -> GoalEntry:
        data = self.form.cleaned_data
        factors = [factor for side in self.sides for factor in side.entries()]
        return GoalEntry(data["code"], data["direction"], data["own_words"], self.main, factors)


def entry_of(form: MeasurementForm, goals: list[GoalPart]) -> MeasurementEntry:
    data = form.cleaned_data
    return MeasurementEntry(
        day=data["day"],
        kind=data["kind"],
        together=data["together"],
        why_not_together=data["why_not_together"],
        goals=[goal.entry() for goal in goals if not goal.is_empty],
        methods=data["methods"],
    )

"""The form of a routing rule: what it asks, where it leads, on which days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from cases.clients.languages import LANGUAGES, language_name
from cases.models import MatterKind, Partner
from cases.relations.verbs import caseworkers
from core.day_field import DayField
from etotu.models import RoutingRule
from municipalities.models import Municipality, Unit

Target = RoutingRule.Target
FIELD_OF = {Target.UNIT: "to_unit", Target.PERSON: "to_user", Target.PARTNER: "to_partner"}
# what Kela sends: a matter that is opened by hand is not routed
KINDS = [(kind.value, kind.label) for kind in MatterKind if kind not in (MatterKind.DISCUSSION, MatterKind.CONTACT)]
CHOOSE = {
    "to_unit": _("Choose the unit."),
    "to_user": _("Choose the person."),
    "to_partner": _("Choose the partner."),
}


def either_way(label: Any, yes: Any, no: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Yes, no, or not asked."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", pgettext_lazy("condition", "either way")), ("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        help_text=help_text,
    )


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Shown on each matter that the rule sends, so that whoever gets it knows why."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Types"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: all types."),
    )
    urgent = either_way(_("Urgency"), _("only urgent"), _("only those that are not urgent"))
    age_from = forms.IntegerField(label=_("Age at least"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(
        label=_("Age at most"),
        min_value=0,
        max_value=120,
        required=False,
        help_text=_("Full years on the day of arrival."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Service languages"),
        choices=LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: all languages."),
    )
    area = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("The client lives in the area of the unit"),
        required=False,
        empty_label=pgettext_lazy("area", "anywhere"),
        help_text=_("By the unit's postal codes. Not looked at under a non-disclosure for personal safety."),
    )
    has_own_worker = either_way(
        _("Own worker"),
        _("the own worker no longer does casework here"),
        _("no own worker"),
        _("A client whose own worker works here goes to that worker before any rule."),
    )
    employment_trial = either_way(_("Employment trial"), _("only those in the trial"), _("only those not in it"))
    target = forms.ChoiceField(label=_("Where does the rule lead?"), choices=Target.choices, widget=forms.RadioSelect)
    to_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label="–")
    to_user = forms.ModelChoiceField(User.objects.none(), label=_("Person"), required=False, empty_label="–")
    to_partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label=_("Partner"),
        required=False,
        empty_label="–",
        help_text=_("Only proposed: the matter stays in the queue, and a worker tells the partner."),
    )
    starts = DayField(label=_("First day"))
    ends = DayField(label=_("Last day"), required=False, help_text=_("Leave empty if the end is not known."))

    class Meta:
        model = RoutingRule
        fields = (
            "kinds",
            "urgent",
            "age_from",
            "age_to",
            "languages",
            "area",
            "has_own_worker",
            "employment_trial",
            "target",
            "to_unit",
            "to_user",
            "to_partner",
            "reason",
            "starts",
            "ends",
        )

    def __init__(self, municipality: Municipality, data: Any = None, *, instance: RoutingRule, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.instance.municipality = municipality
        self.instance.position = self.instance.position or 1
        for name in ("urgent", "has_own_worker", "employment_trial"):
            self.initial[name] = {True: "yes", False: "no", None: ""}[getattr(instance, name)]
        units = Unit.objects.filter(municipality=municipality, ended=None)
        self._choices("area", units.exclude(postal_codes=[]))
        self._choices("to_unit", units)
        self._choices("to_user", caseworkers(municipality))
        self._choices("to_partner", Partner.objects.filter(municipality=municipality, ended=None))
        unknown = [(code, language_name(code)) for code in instance.languages if code not in dict(LANGUAGES)]
        self.fields["languages"].choices = [*LANGUAGES, *unknown]  # type: ignore[attr-defined]

    def _choices(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        wanted = FIELD_OF.get(cleaned.get("target", ""), "")
        for name in FIELD_OF.values():
            if name != wanted:
                cleaned[name] = None
                self.errors.pop(name, None)
            elif not cleaned.get(name) and name not in self.errors:
                self.add_error(name, CHOOSE[name])
        low, high = cleaned.get("age_from"), cleaned.get("age_to")
        if low is not None and high is not None and high < low:
            self.add_error("age_to", _("The upper age must not be below the lower one."))
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day must not be before the first day."))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The rule's fields, for the services."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

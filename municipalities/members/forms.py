"""The forms of Ylläpito: who, in which role and unit, from when to when."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.one_line import OneLineField
from core.day_field import DayField
from municipalities.models import Municipality, Unit
from municipalities.rights.forms import WordsField

TODAY_HELP = _("The day as in 13.11.2018.")


class ReasonField(WordsField):
    """For what a second person decides; the verb says where it is needed."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Reason"),
            required=False,
            help_text=_("Needed where a second person confirms the right. No client's name or details."),
        )


if TYPE_CHECKING:
    UnitChoice = forms.ModelChoiceField[Unit]
else:
    UnitChoice = forms.ModelChoiceField


class UnitField(UnitChoice):
    """The units of a municipality that have not ended."""

    def __init__(self, help_text: Any = "") -> None:
        super().__init__(
            Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("no unit"), help_text=help_text
        )

    def of(self, municipality: Municipality) -> None:
        self.queryset = Unit.objects.filter(municipality=municipality, ended=None)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    unit = UnitField(help_text=_("A supervisor sees all units."))
    starts = DayField(label=_("First day"), help_text=TODAY_HELP)
    ends = DayField(label=_("Last day"), required=False, help_text=_("Leave empty if the end is not known."))
    reason = ReasonField()

    def __init__(self, municipality: Municipality, roles: list[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, initial={"starts": timezone.localdate()})
        self.fields["role"].choices = [("", _("Choose the role")), *roles]  # type: ignore[attr-defined]
        self.fields["unit"].of(municipality)  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    email = forms.EmailField(label=_("E-mail address"), help_text=_("The person signs in with it."))
    name = OneLineField(label=_("Name"), max_length=120)
    title = OneLineField(label=_("Job title"), max_length=80, required=False)
    field_order = ["email", "name", "title", "role", "unit", "starts", "ends", "reason"]


class EndRoleForm(forms.Form):
    """When a role ends."""

    when = forms.ChoiceField(
        label=_("When does the role end?"),
        choices=[("now", _("At once")), ("day", _("After the last day"))],
        widget=forms.RadioSelect,
        initial="day",
    )
    last_day = DayField(label=_("Last day"), required=False, help_text=TODAY_HELP)
    reason = ReasonField()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"last_day": timezone.localdate()})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("when") == "now":
            cleaned["last_day"] = None
        elif not cleaned.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Give the last day, or choose “At once”."))
        return cleaned


class RoleUnitForm(forms.Form):
    unit = UnitField()
    reason = ReasonField()

    def __init__(self, municipality: Municipality, unit: Unit | None, data: Any = None) -> None:
        super().__init__(data, initial={"unit": unit})
        self.fields["unit"].of(municipality)  # type: ignore[attr-defined]

"""The form of a municipality's settings: each with what it changes."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.models import LocalSettings

WEEKDAYS = [
    ("1", pgettext_lazy("day of Kela's batches", "Monday")),
    ("2", pgettext_lazy("day of Kela's batches", "Tuesday")),
    ("3", pgettext_lazy("day of Kela's batches", "Wednesday")),
    ("4", pgettext_lazy("day of Kela's batches", "Thursday")),
    ("5", pgettext_lazy("day of Kela's batches", "Friday")),
    ("6", pgettext_lazy("day of Kela's batches", "Saturday")),
    ("7", pgettext_lazy("day of Kela's batches", "Sunday")),
]
WORDS: dict[str, Any] = {
    "attempts_before_letter": (
        _("How many attempts before the letter?"),
        _("So many attempts since the client was last reached are needed before a matter is closed as not reached."),
    ),
    "silent_days": (
        _("When is a client silent?"),
        _("After so many days without a contact the client stands on the own worker's page Today."),
    ),
    "partner_silent_days": (
        _("When is a partner asked again?"),
        _("After so many days without an answer a hand-over stands on the page Today."),
    ),
    "held_per_week": (
        _("How many held matters are released in a week?"),
        _("Matters that a rule holds for capacity are released oldest first. 0 releases none."),
    ),
    "return_days": (
        _("After how many working days does one return to a matter?"),
        _("When nothing else is left of an open matter, it comes back to its worker after so many working days."),
    ),
    "return_days_urgent": (
        _("And to an urgent one?"),
        _("Never later than to another."),
    ),
    "working_days": (
        _("How is an eve counted?"),
        _(
            "The law does not say whether Midsummer Eve and Christmas Eve count inside a time; a time never ends on "
            "them. The choice sets the day that is shown as due. Deadlines that are running are counted anew; what is "
            "met or late stays."
        ),
    ),
    "kela_days": (
        _("On which days does Kela send?"),
        _("When no batch comes on one of these days, the administrators are told."),
    ),
    "letter_sender": (
        _("Who sends the letters?"),
        _("The first lines of every letter: the name of the office and its postal address."),
    ),
    "letter_contact": (
        _("Where can the client turn?"),
        _("The last lines of every letter: phone, opening hours, address of the visits."),
    ),
}
FIELDS = tuple(WORDS)


if TYPE_CHECKING:
    SettingsModelForm = forms.ModelForm[LocalSettings]
else:
    SettingsModelForm = forms.ModelForm


class SettingsForm(SettingsModelForm):
    kela_days = forms.MultipleChoiceField(choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = LocalSettings
        fields = FIELDS
        widgets = {
            "working_days": forms.RadioSelect,
            "letter_sender": forms.Textarea(attrs={"rows": 3}),
            "letter_contact": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, data: Any = None, *, instance: LocalSettings) -> None:
        super().__init__(data, instance=instance, initial={"kela_days": [str(day) for day in instance.kela_days]})
        for name, (label, help_text) in WORDS.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ordinary, urgent = cleaned.get("return_days"), cleaned.get("return_days_urgent")
        if ordinary and urgent and urgent > ordinary:
            self.add_error("return_days_urgent", _("An urgent matter cannot be returned to later than another."))
        return cleaned

    def clean_kela_days(self) -> list[int]:
        return sorted(int(day) for day in self.cleaned_data["kela_days"])

"""The forms of asking for what is missing from an application, and of what comes of it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cases.information.verbs import usual_limit
from cases.models import Matter
from core.day_field import DayField
from desk.matter.forms import MatterForm, day_input, textarea


class AskForm(MatterForm):
    items = forms.CharField(
        label=gettext_lazy("What is missing?"),
        help_text=gettext_lazy("One thing on a line, so that the client sees exactly what is needed."),
        max_length=9500,
        required=False,
        widget=textarea(4),
    )
    note = forms.CharField(
        label=gettext_lazy("To the client"),
        help_text=gettext_lazy("May be left empty."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )
    limit = DayField(
        label=gettext_lazy("Time until"),
        help_text=gettext_lazy("Proposed: 10 working days, the municipality's own custom."),
        widget=day_input(),
    )

    def __init__(self, data: Any = None, *, matter: Matter) -> None:
        super().__init__(data, matter=matter, initial={"limit": usual_limit(timezone.localdate())})


class InformationForm(MatterForm):
    came_on = DayField(label=gettext_lazy("Which day did the information come?"), widget=day_input())
    answer = forms.CharField(
        label=gettext_lazy("What came?"),
        help_text=gettext_lazy("May be left empty."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )

    def __init__(self, data: Any = None, *, matter: Matter) -> None:
        super().__init__(data, matter=matter, initial={"came_on": timezone.localdate()})


class WithdrawForm(MatterForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is the request withdrawn?"),
        help_text=gettext_lazy("May be left empty. The old time to decide is in force again."),
        max_length=1000,
        required=False,
        widget=textarea(),
    )

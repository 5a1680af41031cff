from django import forms
from django.utils.translation import gettext_lazy as _

REASON_HELP = _("Another person decides by it. No client's name or details.")


class ReasonForm(forms.Form):
    """Why a right is asked for."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=REASON_HELP)


class DecisionForm(forms.Form):
    """What the second person goes by."""

    decision = forms.CharField(
        label=_("What do you go by?"),
        max_length=300,
        help_text=_("For example: agreed with the team's supervisor, or the person called from a number that I know."),
    )

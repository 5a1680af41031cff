from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_HELP = _("Another person decides by it. No client's name or details.")
LONGEST = 300


class WordsField(forms.CharField):
    """Some sentences. The browser is not told the longest length: it would cut what is pasted without a word."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class ReasonForm(forms.Form):
    """Why a right is asked for."""

    reason = WordsField(label=_("Reason"), help_text=REASON_HELP)


class DecisionForm(forms.Form):
    """What the second person goes by."""

    decision = WordsField(
        label=_("What do you go by?"),
        help_text=_("For example: agreed with the team's supervisor, or the person called from a number that I know."),
    )

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 1000


class AskForm(forms.Form):
    words = forms.CharField(
        label=_("What do you ask?"),
        help_text=_("The supervisor gets the list along. Write no names: the reference of a row is enough."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("Answer (may be empty: then the question is marked as read)"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

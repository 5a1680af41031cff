"""What is asked of those who publish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """`seen` is the digest of the numbers that the preview showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CorrectForm(PublishForm):
    reason = forms.CharField(
        label=_("Why the numbers are corrected"),
        help_text=_("Published with the numbers: name no client."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["reason", "seen"])

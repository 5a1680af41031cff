"""A day as it is typed here. One that is not understood is told how to write it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Check the day. Write it as d.m.yyyy, for example 13.11.2018.")
    }

"""A day as it is typed here. One that is not understood is told how to write it."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """Shows a day as it is written here, without leading zeros: 4.12.2026."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime.date):
            return f"{value.day}.{value.month}.{value.year}"
        return super().format_value(value)


class DayField(forms.DateField):
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Check the day. Write it as d.m.yyyy, for example 13.11.2018.")
    }

"""A day as it is typed here. One that is not understood is told how to write it, one far away what can be given."""

import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.day_limits import ORDINARY, Span


class DayInput(forms.DateInput):
    """Shows a day as it is written here, without leading zeros: 4.12.2026."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime.date):
            return f"{value.day}.{value.month}.{value.year}"
        return super().format_value(value)


class DayField(forms.DateField):
    """`span`: the days that the form takes, counted from today."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Check the day. Write it as d.m.yyyy, for example 13.11.2018.")
    }

    def __init__(self, *, span: Span = ORDINARY, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.span = span

    def validate(self, value: Any) -> None:
        super().validate(value)
        reason = self.span.reason(value) if isinstance(value, datetime.date) else None
        if reason is not None:
            raise ValidationError(reason, code="outside")

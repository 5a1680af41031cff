"""The filters of a list: a form that is sent by GET, so that the address says what is shown."""

from typing import Any, ClassVar

from django import forms


class FilterForm(forms.Form):
    """`address` names the fields as they stand in the address. An unknown value filters nothing."""

    address: ClassVar[dict[str, str]] = {}

    def add_prefix(self, field_name: str) -> str:
        return self.address.get(field_name, field_name)

    def value(self, name: str) -> str:
        """What was chosen, "" for nothing or for what is not offered."""
        value: Any = self.cleaned_data.get(name)
        return str(value or "")

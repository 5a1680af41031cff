"""Fields of forms that name a matter."""

from typing import Any

from django import forms


class OpenMatter(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()} {obj.arrived.day}.{obj.arrived.month}."

"""The forms of what is done to a matter, in the page of the queue."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Matter
from core.day_field import DayInput
from municipalities.requests import MunicipalRequest


def textarea(rows: int = 2, css: str = "") -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "autocomplete": "off", "class": css})


def day_input() -> DayInput:
    """A day as it is written here, in a browser of any language."""
    return DayInput(attrs={"autocomplete": "off", "placeholder": _("d.m.yyyy"), "inputmode": "numeric"})


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]


class VersionField(forms.IntegerField):
    """The version that the page was made from; 0, which no record has, when it is missing: nothing is written over."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value) or 0
        except forms.ValidationError:
            return 0


class MatterForm(forms.Form):
    """`impossible`: the form only says why it cannot be filled in now. `over`: what was written can only be copied."""

    impossible = False
    over = False
    texts: tuple[str, ...] = ()
    """Fields of free text that are no text areas; of a draft that cannot be saved any more, these are shown too."""
    version = VersionField(required=False)

    def __init__(self, data: Any = None, *, matter: Matter, **kwargs: Any) -> None:
        initial = {"version": matter.version} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, auto_id=f"m{matter.pk}_%s", **kwargs)
        self.matter = matter
        if data is None:
            self.visible_fields()[0].field.widget.attrs["data-focus"] = ""

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        """The form for this person; one that asks more of the request says so."""
        return cls(data, matter=matter)

    @classmethod
    def free_texts(cls) -> list[str]:
        """The fields in which one writes freely, in their order."""
        return [
            name for name, one in cls.base_fields.items() if name in cls.texts or isinstance(one.widget, forms.Textarea)
        ]

    def renew_version(self) -> None:
        """After a conflict: the person has seen the present state beside the own text, and may save again."""
        self.data = {**self.data.dict(), "version": str(self.matter.version)}  # type: ignore[attr-defined]

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


def is_unread(form: forms.Form) -> bool:
    """Whether something that was written, such as a day, was not understood: no row can be said to fit then.

    An unknown choice of an address is another thing: the field shows that nothing was chosen, as the rows do.
    """
    return any(not isinstance(form.fields[name], forms.ChoiceField) for name in form.errors if name in form.fields)

"""The forms of a person: who they are, how they are reached."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.clients.languages import language_choices
from cases.models import Client
from core.day_field import DayField, DayInput
from core.day_limits import Span
from core.identity_code import IdentityCodeError, parse

CODE_FAULTS = {
    "form": _("A personal identity code has the form 010180-999X."),
    "date": _("The date in the personal identity code does not exist."),
    "check": _("The last character of the personal identity code does not match. Check the code."),
}


def no_autocomplete(**attrs: str | Promise) -> dict[str, str | Promise]:
    """The browser must not remember what is typed of clients."""
    return {"autocomplete": "off", **attrs}


class IdentityCodeField(forms.CharField):
    """Gives the code as text in its right form, or "" ."""

    def __init__(self, help_text: str | Promise = "") -> None:
        super().__init__(max_length=20, required=False, label=_("Personal identity code"), help_text=help_text)  # type: ignore[arg-type]
        self.widget.attrs |= no_autocomplete(spellcheck="false", autocapitalize="characters")

    def clean(self, value: Any) -> str:
        text = "".join(str(super().clean(value) or "").split())
        if not text:
            return ""
        try:
            return parse(text).text
        except IdentityCodeError as error:
            raise ValidationError(CODE_FAULTS[error.code]) from None


def past_day(**kwargs: Any) -> DayField:
    """A day typed as 15.6.1980."""
    return DayField(
        **{"required": False, "localize": True} | kwargs,
        widget=DayInput(attrs=no_autocomplete(placeholder=_("d.m.yyyy"), inputmode="numeric")),
    )


class PersonForm(forms.Form):
    """Names and language, with the henkilötunnus or, when it is not known, the birth date.

    One name is enough: some people's papers have one only.
    """

    identity_code = IdentityCodeField(help_text=_("If it is not known, give the date of birth."))
    birth_date = past_day(label=_("Date of birth"), span=Span(ahead=0))
    given_names = forms.CharField(
        label=_("Given names"), max_length=200, required=False, widget=forms.TextInput(attrs=no_autocomplete())
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=200, required=False, widget=forms.TextInput(attrs=no_autocomplete())
    )
    language = forms.ChoiceField(label=_("Service language"), required=False)

    def __init__(self, *args: Any, client: Client | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client
        self.fields["language"].choices = language_choices(  # type: ignore[attr-defined]
            client.language if client else ""
        )
        if client is not None and client.identity_code_index is not None:
            del self.fields["identity_code"], self.fields["birth_date"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors.keys() & {"given_names", "family_name"} and not (data["given_names"] or data["family_name"]):
            self.add_error("family_name", _("Give the name. If there is one only, give that."))
        if "identity_code" not in self.fields or self.errors.keys() & {"identity_code", "birth_date"}:
            return data
        code, day = data.get("identity_code"), data.get("birth_date")
        if not code and not day:
            self.add_error("birth_date", _("Give the personal identity code or the date of birth."))
        if code and day and parse(code).birth_date != day:
            self.add_error("birth_date", _("The date of birth differs from the personal identity code."))
        return data


class ContactDetailsForm(forms.Form):
    """Phone, e-mail and address as the client tells them."""

    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        validators=[RegexValidator(r"^[0-9+()\-\s]{5,}$", _("Give the phone number in digits."))],
        widget=forms.TextInput(attrs=no_autocomplete(inputmode="tel")),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=200, required=False, widget=forms.EmailInput(attrs=no_autocomplete())
    )
    address = forms.CharField(
        label=_("Street address"), max_length=200, required=False, widget=forms.TextInput(attrs=no_autocomplete())
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=5,
        required=False,
        validators=[RegexValidator(r"^[0-9]{5}$", _("A postal code has five digits."))],
        widget=forms.TextInput(attrs=no_autocomplete(inputmode="numeric")),
    )
    post_office = forms.CharField(
        label=_("Post office"), max_length=100, required=False, widget=forms.TextInput(attrs=no_autocomplete())
    )

    def details(self) -> dict[str, dict[str, Any]]:
        """What was filled, by kind of detail, as `set_contact_detail` takes it."""
        data = self.cleaned_data
        return {
            "phone": {"value": data["phone"]},
            "email": {"value": data["email"]},
            "address": {
                "value": data["address"],
                "postal_code": data["postal_code"],
                "post_office": data["post_office"],
            },
        }


class NewPersonForm(PersonForm, ContactDetailsForm):
    """A person and the first ways to reach them."""

    field_order = [*PersonForm.base_fields, *ContactDetailsForm.base_fields]

"""The forms of a unit: its name, and the postal codes of its area."""

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.units.postal_codes import PostalCodesField


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)


class UnitEditForm(UnitForm):
    postal_codes = PostalCodesField()

"""The forms of a transfer: ask another municipality, return, revoke."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Matter
from desk.matter.forms import MatterForm, textarea
from municipalities.models import Municipality


class PlaceField(forms.CharField):
    """A municipality by its name in either language, or its code; the browser suggests names from a list."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        named = Q(name_fi__iexact=text) | Q(name_sv__iexact=text)
        found = Municipality.objects.with_code(text).first() or Municipality.objects.filter(named).first()
        if found is None:
            raise forms.ValidationError(_("There is no such municipality. Choose one from the list."))
        return found


class TransferForm(MatterForm):
    place = PlaceField(
        label=gettext_lazy("To which municipality?"),
        help_text=gettext_lazy("Begin to write the name, and choose."),
        max_length=60,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why does the matter belong there?"),
        help_text=gettext_lazy("The other municipality reads this."),
        max_length=2000,
        widget=textarea(),
    )

    def __init__(self, data: Any = None, *, matter: Matter, **kwargs: Any) -> None:
        super().__init__(data, matter=matter, **kwargs)
        self.list_id = f"kunnat{matter.pk}"
        self.fields["place"].widget.attrs |= {"list": self.list_id, "autocomplete": "off"}

    @property
    def places(self) -> list[str]:
        """The names of all the others, for the browser's list."""
        rows = Municipality.objects.filter(in_2026=True).exclude(pk=self.matter.municipality_id)
        return [place.name for place in rows]


class ReturnForm(MatterForm):
    reason = forms.CharField(
        label=gettext_lazy("Why does the matter not belong here?"),
        help_text=gettext_lazy("The municipality that sent it reads this."),
        max_length=2000,
        widget=textarea(),
    )


class RevokeForm(MatterForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is the transfer revoked?"),
        help_text=gettext_lazy("May be left empty. The other municipality reads this."),
        max_length=2000,
        required=False,
        widget=textarea(),
    )

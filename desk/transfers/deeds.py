"""The deeds of a transfer: ask another municipality, accept, return, revoke."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.models import Matter
from cases.transfers import verbs as transfers
from desk.matter.deeds import Deed, Situation, always, register
from desk.matter.forms import MatterForm, textarea
from desk.shell import at_once, by_form
from desk.transfers.shown import came_and_waits, is_moving, went_and_waits
from municipalities.models import Municipality
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


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


def place_of_transfer(here: Situation) -> int | None:
    return 85 if here.matter.is_open and here.may_decide and not is_moving(here.matter) else None


def place_of_accept(here: Situation) -> int | None:
    return 3 if here.matter.is_open and here.may_decide and came_and_waits(here.matter) else None


def place_of_return(here: Situation) -> int | None:
    return 5 if here.matter.is_open and here.may_decide and came_and_waits(here.matter) else None


def place_of_revoke(here: Situation) -> int | None:
    return 55 if here.matter.is_open and here.may_decide and went_and_waits(here.matter) else None


register(
    Deed(
        "transfer",
        always(gettext_lazy("Transfer to another municipality…")),
        place_of_transfer,
        word="kunta",
        title=always(gettext_lazy("Transfer to another municipality")),
        save=always(gettext_lazy("Ask the municipality to take the matter")),
        make=lambda data, matter, _request: TransferForm(data, matter=matter),
        shape="more",
        fields="desk/transfers/fields.html",
    )
)
register(Deed("transfer_accept", always(gettext_lazy("Accept the transfer")), place_of_accept))
register(
    Deed(
        "transfer_return",
        always(gettext_lazy("Return…")),
        place_of_return,
        word="palauta",
        title=always(gettext_lazy("Return the matter")),
        save=always(gettext_lazy("Return the matter")),
        make=lambda data, matter, _request: ReturnForm(data, matter=matter),
    )
)
register(
    Deed(
        "transfer_revoke",
        always(gettext_lazy("Revoke the transfer…")),
        place_of_revoke,
        word="peru",
        title=always(gettext_lazy("Revoke the transfer")),
        save=always(gettext_lazy("Revoke the transfer")),
        make=lambda data, matter, _request: RevokeForm(data, matter=matter),
    )
)


@roles(*CASEWORK)
@require_POST
def matter_transfer(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        version = values["version"]
        transfers.request_transfer(request.user, matter, values["place"], values["reason"], version=version)

    return by_form(request, pk, "transfer", act, _("The matter waits for the other municipality's answer."))


@roles(*CASEWORK)
@require_POST
def matter_transfer_accept(request: MunicipalRequest, pk: int) -> HttpResponse:
    return at_once(request, pk, transfers.accept, _("The transfer was accepted: the matter is this municipality's."))


@roles(*CASEWORK)
@require_POST
def matter_transfer_return(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        transfers.give_back(request.user, matter, values["reason"], version=values["version"])

    return by_form(request, pk, "transfer_return", act, _("The matter was returned."))


@roles(*CASEWORK)
@require_POST
def matter_transfer_revoke(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        transfers.revoke(request.user, matter, values["reason"], version=values["version"])

    return by_form(request, pk, "transfer_revoke", act, _("The transfer was revoked. The matter goes on here."))

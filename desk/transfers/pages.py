"""Siirrot: what was sent to other municipalities and what came from them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from cases.access.reads import record
from cases.models import Transfer
from cases.models.access_log import Looked
from cases.models.transfer import TransferState
from core.filter_form import FilterForm
from desk.matter.addresses import queue_link
from desk.matter.places import hides_place, place_words
from desk.matter.words import kind_words
from municipalities.models import Municipality
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

ROWS = 25
SENT = "lahetetyt"
ADDRESS = {"state": "tila", "direction": "suunta"}
STATES = {
    "odottaa": TransferState.REQUESTED,
    "hyvaksytty": TransferState.ACCEPTED,
    "palautettu": TransferState.RETURNED,
    "peruttu": TransferState.REVOKED,
}


class TransferFilter(FilterForm):
    address = ADDRESS

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", pgettext_lazy("transfers", "All")), *((word, state.label) for word, state in STATES.items())],
        required=False,
    )
    direction = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="f_%s")
        self.is_valid()

    @property
    def sent(self) -> bool:
        return self.cleaned_data.get("direction") == SENT

    @property
    def chosen(self) -> TransferState | None:
        return STATES.get(self.cleaned_data.get("state", ""))


@dataclass(frozen=True, slots=True)
class Row:
    transfer: Transfer
    name: str
    what: str
    place: str
    state: str
    waits: bool
    url: str


@roles(*CASEWORK)
@require_safe
def transfers(request: MunicipalRequest) -> HttpResponse:
    filters = TransferFilter(request.GET)
    visible = Transfer.objects.visible_to(request.user, request.municipality).filter(incoming=not filters.sent)
    found = visible.filter(state=filters.chosen) if filters.chosen else visible
    rows = found.select_related("client", "matter", "other").order_by("-asked_at", "-pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("sivu"))
    record(request, Looked.LISTED, [row.client_id for row in page])
    context = {
        "filters": filters,
        "page": page,
        "rows": [row_of(request, transfer) for transfer in page],
        "tabs": tabs(request, filters),
        "filtered": filters.chosen is not None,
    }
    return render(request, "desk/transfers/transfers.html", context)


def row_of(request: MunicipalRequest, transfer: Transfer) -> Row:
    hidden = hides_place(transfer, under_protection=transfer.client.non_disclosure)
    return Row(
        transfer=transfer,
        name=transfer.client.name,
        what=kind_words(transfer.matter),
        place=str(place_words(transfer, hidden=hidden)),
        state=str(TransferState(transfer.state).label),
        waits=transfer.state == TransferState.REQUESTED,
        url=queue_link(request, avoin=str(transfer.matter_id)),
    )


def tabs(request: MunicipalRequest, filters: TransferFilter) -> list[dict[str, Any]]:
    address = reverse("transfers", kwargs={"code": request.municipality.code})
    return [
        {"label": pgettext("transfers", "Received"), "url": address, "current": not filters.sent},
        {"label": pgettext("transfers", "Sent"), "url": f"{address}?suunta={SENT}", "current": filters.sent},
    ]


def waiting_for_us(municipality: Municipality) -> QuerySet[Transfer]:
    """What came from elsewhere and has no answer yet: at most one of a matter."""
    return Transfer.objects.filter(municipality=municipality, incoming=True, state=TransferState.REQUESTED)

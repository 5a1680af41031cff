"""The rows behind the numbers."""

import datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.access.reads import record
from cases.models import Appointment, Client, Matter
from cases.models.access_log import Looked
from municipalities.requests import MunicipalRequest, roles
from reports.dashboard.addresses import asked_rows
from reports.dashboard.asked import READERS, asked_period, may_open, question_of

PAGE_SIZE: Final = 50
LISTS: Final[dict[type[Model], str]] = {
    Appointment: "reports/rows/appointments.html",
    Client: "reports/rows/clients.html",
    Matter: "reports/rows/matters.html",
}


@roles(*READERS)
def figure_rows(request: MunicipalRequest, name: str, key: str) -> HttpResponse:
    """The rows that a number counts; names only of the clients that this person may see."""
    listing, chosen = asked_rows(name, key)
    if not may_open(request, listing):
        raise Http404(_("There is no such page."))
    period, period_error = asked_period(request)
    rows = listing.rows(chosen, question_of(request, period))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("sivu"))
    named = named_clients(request, list(page.object_list))
    context = {
        "title": str(listing.title),
        "label": listing.label(chosen),
        "about": _("now") if listing.of_now else period.label,
        "period": period,
        "period_error": period_error,
        "page": page,
        "list_template": LISTS[rows.model],
        "rows": [shown(row, named) for row in page.object_list],
    }
    record(request, Looked.LISTED, named)
    return render(request, "reports/rows.html", context)


def shown(row: Any, named: dict[int, Client]) -> tuple[Any, Client | None, datetime.date | None]:
    """The row, its client if this person may see who it is, and since when it is so where the list tells that."""
    return row, named.get(client_id(row)), getattr(row, "since", None)


def client_id(row: Any) -> int:
    return int(row.pk if isinstance(row, Client) else row.client_id)


def named_clients(request: MunicipalRequest, rows: list[Any]) -> dict[int, Client]:
    """Of the rows of a page, the clients whose names this person may see; none for a coordinator."""
    ids = [client_id(row) for row in rows]
    visible = Client.objects.visible_to(request.user, request.municipality).filter(pk__in=ids)
    return {client.pk: client for client in visible}

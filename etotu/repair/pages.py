"""The grid: faulty rows of the municipality, corrected where they are wrong, released one or many."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.access.reads import tell_of_reveal
from cases.models import AccessLog
from cases.models.access_log import Looked
from core.asked_numbers import number
from etotu.models import QuarantineState
from etotu.repair.asked import asked_of, do_what_was_asked
from etotu.repair.filter import RepairFilter, sums
from etotu.repair.form import Refused, take_in
from etotu.repair.people import clients_of
from etotu.repair.protected import closed_to
from etotu.repair.shown import GridRow, Typed, grid_rows
from municipalities.models import Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.tabs import municipal_tabs

PAGE = 25


@roles(Role.ADMIN, Role.SUPERVISOR)
@require_GET
def repair(request: MunicipalRequest) -> HttpResponse:
    return render(request, "etotu/repair/repair.html", grid(request, Refused()))


@roles(Role.ADMIN, Role.SUPERVISOR)
def repair_save(request: MunicipalRequest) -> HttpResponse:
    """Saves what was typed, then releases what was asked; a refused text comes back in its field."""
    if request.method != "POST":
        return redirect(back(request))
    asked = asked_of(request)
    refused = take_in(request)
    if not refused:
        do_what_was_asked(request, asked)
        return redirect(back(request))
    return render(request, "etotu/repair/repair.html", grid(request, refused), status=409)


def back(request: MunicipalRequest) -> str:
    """The grid under the same filters; what was opened is closed once it is settled or has no error."""
    query = request.GET.copy()
    address = reverse("repair", kwargs={"code": request.municipality.code})
    return f"{address}?{query.urlencode()}" if query else address


def grid(request: MunicipalRequest, refused: Refused) -> dict[str, Any]:
    opened = number(request.GET.get("rivi", ""))
    form = RepairFilter(request.GET, request.municipality)
    found = Paginator(form.rows.select_related("batch", "settled_by"), PAGE).get_page(request.GET.get("sivu"))
    closed = closed_to(request.access, found)
    rows = grid_rows(found, opened, Typed(refused.kept, refused.fields), refused.words, closed)
    for one in rows:
        if one.opened:
            look(request, one)
    query = request.GET.copy()
    query.pop("rivi", None)
    return {
        "title": _("Rows to correct"),
        "filters": form,
        "page": found,
        "rows": rows,
        "any_open": any(one.open for one in rows),
        "conflicts": [one for one in rows if one.conflict],
        "lost": refused.lost({name for one in rows for name in one.inputs}),
        "ready_here": form.ready.count(),
        "query": query.urlencode(),
        "asked": request.GET.urlencode(),
        "open_state": QuarantineState.OPEN,
        "is_admin": is_admin(request),
        "tabs": municipal_tabs(request.municipality.code, "batches") if is_admin(request) else [],
    } | sums(request.municipality)


def is_admin(request: MunicipalRequest) -> bool:
    """A supervisor comes for the rows of protected people, and has no other page of the administration."""
    return Role.ADMIN in request.access.roles


def look(request: MunicipalRequest, it: GridRow) -> None:
    """An opened row shows the person: it is logged, on the client too if the person is one already."""
    AccessLog.objects.create(
        municipality=request.municipality,
        user=request.user,
        action=Looked.REVEALED,
        page="repair",
        detail=f"quarantine_row.{it.row.pk}",
        client_ids=clients_of(it.row),
    )
    tell_of_reveal(request, "quarantine_row", 1)

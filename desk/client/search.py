"""Asiakkaat: my clients, and the search by name or henkilötunnus, which is a POST so that it leaves no trace."""

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases.access.reads import record
from cases.clients.registering import find_by_identity_code
from cases.clients.search import as_identity_code, search_clients
from cases.models import Client, Matter, OwnWorker
from cases.models.access_log import Looked
from cases.models.owned import unrestricted
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

PAGE = 25
LIKE_A_CODE = re.compile(r"\d{6}\s?[-+A-Y]")


@roles(*CASEWORK)
def client_search(request: MunicipalRequest) -> HttpResponse:
    text = " ".join(request.POST.get("q", "").split())[:80]
    if request.method != "POST" or not text:
        return my_clients(request)
    if code := as_identity_code(text):
        return by_code(request, text, code)
    page = paged(request, search_clients(request.user, request.municipality, text), request.POST.get("sivu"))
    record(request, Looked.SEARCHED, [client.pk for client in page])
    return found_page(request, text, page=page, faulty_code=bool(LIKE_A_CODE.match(text.upper())))


def my_clients(request: MunicipalRequest) -> HttpResponse:
    mine = Client.objects.visible_to(request.user, request.municipality).filter(
        pk__in=OwnWorker.objects.filter(municipality=request.municipality, user=request.user, ended=None).values(
            "client"
        )
    )
    rows = mine.annotate(sounds_only=Value(False)).order_by("sort_key", "pk")
    page = paged(request, rows, request.GET.get("sivu"))
    record(request, Looked.LISTED, [client.pk for client in page])
    return render(request, "desk/client/clients.html", {"page": page, "text": ""})


def by_code(request: MunicipalRequest, text: str, code: Any) -> HttpResponse:
    """Straight to the client; else what may be said: already a client, contact the supervisor, or unknown here."""
    client = find_by_identity_code(request.municipality, code)
    if client is None:
        return found_page(request, text, unknown_code=True)
    if Client.objects.visible_to(request.user, request.municipality).filter(pk=client.pk).exists():
        record(request, Looked.SEARCHED, [client.pk])
        return redirect("client", code=request.municipality.code, pk=client.pk)
    record(request, Looked.REFUSED, [client.pk])
    hidden = not Client.objects.filter(unrestricted(request.access, ""), pk=client.pk).exists()
    return found_page(request, text, restricted=hidden, existing=None if hidden else client)


def found_page(
    request: MunicipalRequest,
    text: str,
    *,
    page: Page[Any] | None = None,
    unknown_code: bool = False,
    faulty_code: bool = False,
    restricted: bool = False,
    existing: Client | None = None,
) -> HttpResponse:
    """The answer to a search: a page of clients, or why there is none."""
    context = {
        "text": text,
        "page": page,
        "unknown_code": unknown_code,
        "faulty_code": faulty_code,
        "restricted": restricted,
        "existing": existing,
    }
    return render(request, "desk/client/search.html", context)


def paged(request: MunicipalRequest, clients: QuerySet[Client], number: str | None) -> Page[Any]:
    """A page of clients with own worker and the number of open matters, in a set number of queries."""
    open_matters = (
        Matter.objects.filter(client=OuterRef("pk"), municipality=request.municipality, closed_at=None)
        .order_by()
        .values("client")
        .annotate(n=Count("pk"))
        .values("n")
    )
    workers = OwnWorker.objects.filter(ended=None).select_related("user")
    rows = clients.annotate(
        open_matters=Coalesce(Subquery(open_matters, output_field=IntegerField()), 0)
    ).prefetch_related(Prefetch("own_workers", queryset=workers))
    return Paginator(rows, PAGE).get_page(number)

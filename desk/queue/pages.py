"""Työjono: the list by deadline, and beside it the matter that is open.

Where a script asks for a part of the page, only that is sent: the matter that is opened, or the list that is filtered.
The same address without script gives the whole page.
"""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.middleware import does_not_prolong
from cases.access.reads import record, record_once
from cases.models import Matter
from cases.models.access_log import Looked
from core.asked_numbers import number
from desk.matter.addresses import DEED, OPENED, asked_matter, queue_address
from desk.matter.forms import MatterForm
from desk.queue.buttons import shown_actions
from desk.queue.filter import QueueFilter
from desk.queue.list import Counts, count, note_of, page_of, rows_of, tabs
from desk.queue.open_matter import open_matter
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

OPEN_PART, LIST_PART = "avattu", "jono"


@roles(*CASEWORK)
@require_safe
def queue(request: MunicipalRequest) -> HttpResponse:
    matter, deed = asked_matter(request, OPENED), request.GET.get(DEED, "")
    if request.htmx.target == OPEN_PART and matter is not None:
        return render(request, "desk/queue/opened.html", of_matter(request, matter, deed=deed))
    if request.htmx.target == LIST_PART:
        return render(request, "desk/queue/filtered.html", of_list(request, matter))
    return queue_page(request, matter, deed=deed)


def queue_page(
    request: MunicipalRequest,
    matter: Matter | None = None,
    *,
    deed: str = "",
    form: MatterForm | None = None,
    revealed: bool = False,
) -> HttpResponse:
    """The page with `matter` open and, when something is being done to it, that form. Writes the access log."""
    context = of_list(request, matter)
    if request.method == "POST" and matter is not None:
        context["page_address"] = queue_address(request, avoin=matter.pk, teko=deed)
    if matter is not None:
        context |= of_matter(request, matter, deed=deed, form=form, revealed=revealed)
    return render(request, "desk/queue/queue.html", context, status=422 if form is not None else 200)


def of_matter(
    request: MunicipalRequest,
    matter: Matter,
    *,
    deed: str = "",
    form: MatterForm | None = None,
    revealed: bool = False,
) -> dict[str, Any]:
    """What the open matter shows, logged as opened."""
    shown = open_matter(request, matter, revealed=revealed)
    record(request, Looked.OPENED, [matter.client_id])
    back = {"open": shown, "back_url": queue_address(request, avoin=None, teko=None)}
    return back | shown_actions(request, shown, deed, form)


def of_list(request: MunicipalRequest, opened: Matter | None) -> dict[str, Any]:
    """The list with its tabs and filters, logged as listed: beside an open matter once, not at each opening."""
    filters = QueueFilter(request)
    counts = count(filters)
    page = page_of(request, filters, counts)
    listed = [matter.client_id for matter in page]
    if opened is None:
        record(request, Looked.LISTED, listed)
    else:
        record_once(request, Looked.LISTED, listed)
    return {
        "filters": filters,
        "page": page,
        "rows": rows_of(request, filters, page),
        "opened": opened.pk if opened else None,
        "open": None,
        "tabs": tabs(request, filters, counts),
        "holding_note": note_of(request, filters),
        **addresses(request, counts),
    }


def addresses(request: MunicipalRequest, counts: Counts) -> dict[str, str]:
    """Where the chosen rows are sent, and where the page asks how many there are by now."""
    code = request.municipality.code
    query = request.GET.copy()
    for name in (OPENED, DEED, "sivu"):
        query.pop(name, None)
    query["alku"] = str(counts.newest)
    return {
        "chosen_url": f"{reverse('queue_chosen', kwargs={'code': code})}?{request.GET.urlencode()}",
        "count_url": f"{reverse('queue_count', kwargs={'code': code})}?{query.urlencode()}",
        "letters_url": reverse("letters_new", kwargs={"code": code}),
    }


@does_not_prolong
@roles(*CASEWORK)
@require_safe
def queue_count(request: MunicipalRequest) -> JsonResponse:
    """How many the list holds now, and words for those that came after the page was opened. No client is shown."""
    newest = number(request.GET.get("alku", "")) or 0
    found = (
        QueueFilter(request).queryset().order_by().aggregate(n=Count("pk"), new=Count("pk", filter=Q(pk__gt=newest)))
    )
    new = found["new"]
    words = ngettext("%(n)s new matter has come. Show", "%(n)s new matters have come. Show", new) % {"n": new}
    return JsonResponse({"total": found["n"], "words": words if new else ""})

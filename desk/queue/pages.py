"""Työjono: the list by deadline, and beside it the matter that is open."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.middleware import does_not_prolong
from cases.access.reads import record
from cases.models import Matter
from cases.models.access_log import Looked
from cases.models.matter import WAITING
from core.asked_numbers import number
from desk.holds.shown import holding_note, turns
from desk.matter.addresses import DEED, OPENED, asked_matter, queue_address
from desk.matter.forms import MatterForm
from desk.matter.lists import own_matters
from desk.matter.words import Due, due_of, for_lists, state_words, what
from desk.queue.buttons import shown_actions
from desk.queue.filter import EVERYTHING, FREE, HELD, MINE, UNIT, WAITS, QueueFilter
from desk.queue.open_matter import open_matter
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    name: str
    url: str
    what: str
    due: Due | None
    state: str
    current: bool


@roles(*CASEWORK)
@require_safe
def queue(request: MunicipalRequest) -> HttpResponse:
    return queue_page(request, asked_matter(request, OPENED), deed=request.GET.get(DEED, ""))


def queue_page(
    request: MunicipalRequest,
    matter: Matter | None = None,
    *,
    deed: str = "",
    form: MatterForm | None = None,
    revealed: bool = False,
) -> HttpResponse:
    """The page with `matter` open and, when something is being done to it, that form. Writes the access log."""
    filters = QueueFilter(request)
    page = Paginator(for_lists(filters.queryset()), ROWS).get_page(request.GET.get("sivu"))
    rows = rows_of(request, page, filters, matter)
    record(request, Looked.LISTED, [m.client_id for m in page])
    context: dict[str, Any] = {"filters": filters, "page": page, "rows": rows, "tabs": tabs(request, filters)}
    context |= of_list(request, filters)
    if filters.view == HELD:
        context["holding_note"] = holding_note(request.municipality)
    if matter is not None:
        context["open"] = open_matter(request, matter, revealed=revealed)
        context["back_url"] = queue_address(request, avoin=None, teko=None)
        context |= shown_actions(request, context["open"], deed, form)
        record(request, Looked.OPENED, [matter.client_id])
    return render(request, "desk/queue/queue.html", context, status=422 if form is not None else 200)


def of_list(request: MunicipalRequest, filters: QueueFilter) -> dict[str, Any]:
    """Where the chosen rows are sent, and where the page asks how many there are by now."""
    code = request.municipality.code
    query = request.GET.copy()
    for name in (OPENED, DEED, "sivu"):
        query.pop(name, None)
    newest = filters.queryset().aggregate(newest=Max("pk"))["newest"] or 0
    query["alku"] = str(newest)
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


def rows_of(request: MunicipalRequest, page: Page[Matter], filters: QueueFilter, opened: Matter | None) -> list[Row]:
    whose = filters.view != MINE
    held = turns(request.municipality, page) if filters.view == HELD else {}
    return [
        Row(
            pk=matter.pk,
            name=matter.client.name,
            url=queue_address(request, avoin=matter.pk, teko=None),
            what=what(matter),
            due=due_of(matter),
            state=held.get(matter.pk) or state_words(matter, whose=whose),
            current=opened is not None and matter.pk == opened.pk,
        )
        for matter in page
    ]


def tabs(request: MunicipalRequest, filters: QueueFilter) -> list[dict[str, Any]]:
    """The views of the queue with the number of open matters in each."""
    mine = own_matters(request).count()
    units = filters.own_units()
    counts = (
        filters.desks()
        .filter(closed_at=None)
        .aggregate(
            everything=Count("pk"),
            free=Count("pk", filter=Q(assignee=None, held_since=None)),
            held=Count("held_since"),
            waits=Count("pk", filter=Q(state__in=WAITING)),
            **{f"unit{unit.pk}": Count("pk", filter=Q(unit=unit)) for unit in units},
        )
    )
    shown = [
        (MINE, _("Mine"), mine),
        (FREE, _("Unassigned"), counts["free"]),
        *((f"{UNIT}{unit.pk}", unit.name, counts[f"unit{unit.pk}"]) for unit in units),
        (EVERYTHING, _("All"), counts["everything"]),
        (WAITS, _("Waiting for the client or for information"), counts["waits"]),
    ]
    if counts["held"] or filters.view == HELD:
        shown.append((HELD, _("On hold"), counts["held"]))
    return [
        {
            "label": label,
            "n": n,
            "url": queue_address(request, nakyma=view, avoin=None, teko=None, sivu=None),
            "current": view == filters.view,
        }
        for view, label, n in shown
    ]

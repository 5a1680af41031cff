"""The installation admin's pages: all batches with their whole counts, and the rows that belong to nobody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from etotu.alerts.shown import alerts_shown
from etotu.batches.filter import BatchFilter
from etotu.batches.forms import CorrectedFileForm
from etotu.batches.rejected import rejected_shown
from etotu.batches.rows import rows_shown
from etotu.batches.shown import BatchShown, shown
from etotu.installation.scope import own_scope, shares_of, unplaced_rows, unplaced_rows_of
from etotu.models import Batch
from municipalities.requests import installation_admin
from municipalities.tabs import installation_tabs

PAGE = 25
LINKED = 5


@installation_admin
@require_GET
def installation_batches(request: HttpRequest) -> HttpResponse:
    filters = BatchFilter(request.GET, None)
    with own_scope():
        page = Paginator(filters.queryset(), PAGE).get_page(request.GET.get("sivu"))
        listed = list(page)
        alerts = alerts_shown(None, request.user.pk)
    context = {
        "title": _("All batches"),
        "page": page,
        "filters": filters,
        "alerts": alerts,
        "batches": [
            shown(one, one, address(one), corrected=one.corrected, waiting=one.waiting)  # type: ignore[attr-defined]
            for one in listed
        ],
        "tabs": installation_tabs("installation_batches"),
    }
    return render(request, "etotu/installation/batches.html", context)


@installation_admin
@require_GET
def installation_batch(request: HttpRequest, public_id: str) -> HttpResponse:
    batch = get_object_or_404(Batch.objects.select_related("delivered_by", "repeat_of"), public_id=public_id)
    return installation_batch_page(request, batch)


def installation_batch_page(request: HttpRequest, batch: Batch, form: CorrectedFileForm | None = None) -> HttpResponse:
    """`form` is that of a corrected file that was refused."""
    first = batch.repeat_of
    near = Batch.objects.select_related("delivered_by").order_by("received_at", "pk")
    action = reverse("installation_correct_batch", kwargs={"public_id": batch.public_id})
    context = {
        "rejected": rejected_shown(batch, action, form),
        "corrects": [whole(one) for one in near.filter(corrections=batch)],
        "corrections": [whole(one) for one in near.filter(corrects=batch)[:LINKED]],
        "it": whole(batch),
        "shares": shares_of(batch.pk),
        "rows": rows_shown(unplaced_rows_of(batch.pk)),
        "page": None,
        "settled": [],
        "matters": None,
        "first_url": address(first) if first else "",
        "tabs": installation_tabs("installation_batches"),
    }
    return render(request, "etotu/installation/batch.html", context)


@installation_admin
@require_GET
def installation_unplaced(request: HttpRequest) -> HttpResponse:
    with unplaced_rows() as found:
        page = Paginator(found, PAGE).get_page(request.GET.get("sivu"))
        rows = rows_shown(page)
    context = {"page": page, "rows": rows, "tabs": installation_tabs("installation_unplaced")}
    return render(request, "etotu/installation/unplaced.html", context)


def whole(batch: Batch) -> BatchShown:
    return shown(batch, batch, address(batch))


def address(batch: Batch) -> str:
    return reverse("installation_batch", kwargs={"public_id": batch.public_id})

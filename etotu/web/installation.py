"""The installation admin's pages: all batches with their whole counts, and the rows that belong to nobody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from etotu.models import Batch
from etotu.services.installation import shares_of, unplaced_rows, unplaced_rows_of
from etotu.web.batches_shown import BatchShown, shown
from etotu.web.rows_shown import rows_shown
from municipalities.requests import installation_admin
from municipalities.web.administration import installation_tabs

PAGE = 25


@installation_admin
@require_GET
def installation_batches(request: HttpRequest) -> HttpResponse:
    found = Batch.objects.select_related("delivered_by").order_by("-received_at", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("sivu"))
    context = {
        "title": _("All batches"),
        "page": page,
        "batches": [whole(batch) for batch in page],
        "tabs": installation_tabs("installation_batches"),
    }
    return render(request, "etotu/installation_batches.html", context)


@installation_admin
@require_GET
def installation_batch(request: HttpRequest, public_id: str) -> HttpResponse:
    batch = get_object_or_404(Batch.objects.select_related("delivered_by", "repeat_of"), public_id=public_id)
    first = batch.repeat_of
    context = {
        "it": whole(batch),
        "shares": shares_of(batch.pk),
        "rows": rows_shown(unplaced_rows_of(batch.pk)),
        "first_url": address(first) if first else "",
        "tabs": installation_tabs("installation_batches"),
    }
    return render(request, "etotu/installation_batch.html", context)


@installation_admin
@require_GET
def installation_unplaced(request: HttpRequest) -> HttpResponse:
    with unplaced_rows() as found:
        page = Paginator(found, PAGE).get_page(request.GET.get("sivu"))
        rows = rows_shown(page)
    context = {"page": page, "rows": rows, "tabs": installation_tabs("installation_unplaced")}
    return render(request, "etotu/installation_unplaced.html", context)


def whole(batch: Batch) -> BatchShown:
    return shown(batch, batch, address(batch))


def address(batch: Batch) -> str:
    return reverse("installation_batch", kwargs={"public_id": batch.public_id})

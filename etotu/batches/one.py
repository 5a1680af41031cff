"""One batch as a municipality sees it: progress, then counts, errors, and the matters for those who may open them."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.middleware import does_not_prolong
from cases.access.reads import record
from cases.models import Matter
from cases.models.access_log import Looked
from etotu.batches.forms import CorrectedFileForm
from etotu.batches.pages import share_shown
from etotu.batches.rejected import rejected_shown
from etotu.batches.rows import rows_shown
from etotu.batches.settled import settled_shown
from etotu.batches.shown import BatchShown
from etotu.models import Batch, BatchShare, Notice, QuarantineRow
from municipalities.models import Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row
from municipalities.tabs import municipal_tabs

PAGE = 50
LINKED = 5


@roles(Role.ADMIN)
@require_GET
def batch(request: MunicipalRequest, public_id: str) -> HttpResponse:
    return batch_page(request, own_row(shares(), request, batch__public_id=public_id))


def batch_page(request: MunicipalRequest, share: BatchShare, form: CorrectedFileForm | None = None) -> HttpResponse:
    """`form` is that of a corrected file that was refused."""
    kwargs = {"code": request.municipality.code, "public_id": share.batch.public_id}
    context = result(request, share) | matters(request, share.batch) | linked(request, share.batch)
    context["it"] = replace(context["it"], corrected=any(one.read for one in context["corrections"]))
    context["rejected"] = rejected_shown(share.batch, reverse("correct_batch", kwargs=kwargs), form)
    context["tabs"] = municipal_tabs(request.municipality.code, "batches")
    return render(request, "etotu/batches/batch.html", context)


@does_not_prolong
@roles(Role.ADMIN)
@require_GET
def batch_progress(request: MunicipalRequest, public_id: str) -> HttpResponse:
    """The part of the page that changes by itself; when the batch is finished, the page is asked for as a whole."""
    share = own_row(shares(), request, batch__public_id=public_id)
    response = render(request, "etotu/batches/running.html", {"it": share_shown(share, request.municipality)})
    if share.batch.finished:
        response.headers["HX-Refresh"] = "true"
    return response


def shares() -> QuerySet[BatchShare]:
    """A municipality sees the batches of which it has a share."""
    return BatchShare.objects.select_related("batch__delivered_by", "batch__repeat_of")


def result(request: MunicipalRequest, share: BatchShare) -> dict[str, Any]:
    found = QuarantineRow.objects.filter(municipality=request.municipality, batch=share.batch).order_by(
        "position", "pk"
    )
    page = Paginator(found.select_related("batch"), PAGE).get_page(request.GET.get("sivu"))
    return {
        "it": share_shown(share, request.municipality),
        "page": page,
        "rows": rows_shown(page, request.access),
        "first_url": first_url(request, share.batch),
        "settled": settled_shown(share.batch, request.municipality),
    }


def first_url(request: MunicipalRequest, batch: Batch) -> str:
    """The batch that this one repeats, if this municipality sees it."""
    first = batch.repeat_of
    if first is None or not BatchShare.objects.filter(municipality=request.municipality, batch=first).exists():
        return ""
    return reverse("batch", kwargs={"code": request.municipality.code, "public_id": first.public_id})


def linked(request: MunicipalRequest, batch: Batch) -> dict[str, Any]:
    """The file in whose place this one came, and those that came in its place, as far as they are seen here."""

    def seen(**of_batch: Any) -> list[BatchShown]:
        found = BatchShare.objects.filter(municipality=request.municipality, **of_batch)
        found = found.select_related("batch__delivered_by").order_by("batch__received_at", "batch")
        return [share_shown(one, request.municipality) for one in found[:LINKED]]

    corrects = seen(batch=batch.corrects_id) if batch.corrects_id else []
    return {"corrects": corrects, "corrections": seen(batch__corrects=batch)}


def matters(request: MunicipalRequest, batch: Batch) -> dict[str, Any]:
    """The matters of the batch's notices that this person may open: none for those without casework."""
    if not request.access.casework:
        return {"matters": None}
    ids = Notice.objects.filter(municipality=request.municipality, batch=batch).values("matter")
    visible = Matter.objects.visible_to(request.user, request.municipality).filter(pk__in=ids)
    found = Paginator(visible.select_related("notice").order_by("pk"), PAGE).get_page(request.GET.get("asiat"))
    record(request, Looked.LISTED, [matter.client_id for matter in found])
    return {"matters": found}

"""Erät: the batches that a municipality sees, what runs now, the rows that wait, and the way in by browser."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.middleware import does_not_prolong
from core.body_limit import takes_files
from core.saving import first_press
from etotu.alerts.shown import alerts_shown
from etotu.batches.filter import BatchFilter
from etotu.batches.forms import UploadForm
from etotu.batches.rows import rows_shown
from etotu.batches.shown import BatchShown, shown
from etotu.loading.receive import receive
from etotu.models import Batch, BatchShare, QuarantineRow, QuarantineState
from etotu.models.batch import UNFINISHED, Via
from municipalities.models import Municipality, Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.tabs import municipal_tabs

PAGE = 25
WAITING_ROWS = 10


@roles(Role.ADMIN)
@require_GET
def batches(request: MunicipalRequest) -> HttpResponse:
    return page(request, UploadForm())


@does_not_prolong
@roles(Role.ADMIN)
@require_GET
def batches_progress(request: MunicipalRequest) -> HttpResponse:
    """The parts of the page that change by themselves: the lists, and the sentence under the heading."""
    return render(request, "etotu/batches/arrivals.html", arrivals(request) | {"polled": True})


@takes_files(settings.ETOTU_UPLOADS_LIMIT)
@roles(Role.ADMIN)
def upload(request: MunicipalRequest) -> HttpResponse:
    """A reload after refused files asks for this address: it leads back to the list."""
    if request.method != "POST":
        return redirect("batches", code=request.municipality.code)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form)
    if first_press(request):
        for file in form.cleaned_data["chosen"]:
            receive(
                file,
                file_name=file.name,
                via=Via.UPLOAD,
                received_at=timezone.now(),
                actor=request.user,
                municipality=request.municipality,
            )
    n = len(form.cleaned_data["chosen"])
    words = ngettext("The file is stored and will be read.", "%(n)s files are stored and will be read.", n)
    messages.success(request, words % {"n": n})
    return redirect("batches", code=request.municipality.code)


def page(request: MunicipalRequest, form: UploadForm) -> HttpResponse:
    context = {
        "form": form,
        "tabs": municipal_tabs(request.municipality.code, "batches"),
        "title": _("Kela's batches"),
        "polled": False,
    }
    return render(request, "etotu/batches/batches.html", context | arrivals(request))


def arrivals(request: MunicipalRequest) -> dict[str, Any]:
    filters = BatchFilter(request.GET, request.municipality)
    found = Paginator(filters.queryset(), PAGE).get_page(request.GET.get("sivu"))
    listed = of_page(request.municipality, found)
    waiting = QuarantineRow.objects.filter(municipality=request.municipality, state=QuarantineState.OPEN)
    rows = list(waiting.select_related("batch").order_by("created_at", "pk")[:WAITING_ROWS])
    return {
        "filters": filters,
        "page": found,
        "batches": [one for one in listed if not one.running or filters.chosen],
        "running": running_ones(request.municipality),
        "alerts": alerts_shown(request.municipality, request.user.pk),
        "rows": rows_shown(rows, request.access),
        "waiting": waiting.count(),
        "progress_url": progress_url(request),
    }


def of_page(municipality: Municipality, page: Page[Any]) -> list[BatchShown]:
    """The batches of a page, each with what the municipality has of it."""
    own = BatchShare.objects.filter(municipality=municipality, batch__in=[batch.pk for batch in page])
    shares = {share.batch_id: share for share in own}
    return [
        shown(
            batch,
            shares[batch.pk],
            batch_url(municipality, batch),
            corrected=batch.corrected,
            waiting=batch.waiting,
        )
        for batch in page
    ]


def running_ones(municipality: Municipality) -> list[BatchShown]:
    of_municipality = BatchShare.objects.filter(municipality=municipality, batch__status__in=UNFINISHED)
    found = of_municipality.select_related("batch__delivered_by").order_by("-batch__received_at", "-batch")
    return [share_shown(share, municipality) for share in found]


def share_shown(share: BatchShare, municipality: Municipality) -> BatchShown:
    return shown(share.batch, share, batch_url(municipality, share.batch))


def batch_url(municipality: Municipality, batch: Batch) -> str:
    return reverse("batch", kwargs={"code": municipality.code, "public_id": batch.public_id})


def progress_url(request: MunicipalRequest) -> str:
    """With the filters and the page of the list."""
    address = reverse("batches_progress", kwargs={"code": request.municipality.code})
    return f"{address}?{request.GET.urlencode()}" if request.GET else address

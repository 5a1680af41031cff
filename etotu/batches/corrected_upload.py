"""Bringing in the corrected file in the place of a rejected one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from core.body_limit import takes_files
from core.saving import first_press
from etotu.batches.forms import CorrectedFileForm
from etotu.batches.one import batch_page, shares
from etotu.loading.receive import receive
from etotu.models import Batch, BatchStatus
from etotu.models.batch import Via
from municipalities.models import Municipality, Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row


@takes_files(settings.ETOTU_UPLOADS_LIMIT)
@roles(Role.ADMIN)
def correct_batch(request: MunicipalRequest, public_id: str) -> HttpResponse:
    """A reload after a refused file asks for this address: it leads back to the page of the batch."""
    share = own_row(shares(), request, batch__public_id=public_id)
    code = request.municipality.code
    if request.method == "POST" and may_be_corrected(request, share.batch):
        form = CorrectedFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return batch_page(request, share, form)
        new = bring_in(request, share.batch, form.cleaned_data["chosen"], request.municipality)
        return redirect("batch", code=code, public_id=new.public_id) if new else redirect("batches", code=code)
    return redirect("batch", code=code, public_id=public_id)


def may_be_corrected(request: HttpRequest, batch: Batch) -> bool:
    if batch.status == BatchStatus.REJECTED:
        return True
    messages.error(request, _("Only a rejected file can be corrected with another one."))
    return False


def bring_in(
    request: Any, rejected: Batch, file: "UploadedFile[Any]", municipality: Municipality | None
) -> Batch | None:
    """The new batch; None when the form was sent before."""
    if not first_press(request):
        return None
    new = receive(
        file,
        file_name=file.name or "",
        via=Via.UPLOAD,
        received_at=timezone.now(),
        actor=request.user,
        municipality=municipality,
        sender=rejected.given_sender,
        corrects=rejected,
    )
    messages.success(request, _("The corrected file is stored and will be read."))
    return new

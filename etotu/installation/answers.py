"""What the installation admin does about a batch and its alerts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from core.body_limit import takes_files
from etotu.alerts.pages import see
from etotu.alerts.verbs import standing
from etotu.batches.corrected_upload import bring_in, may_be_corrected
from etotu.batches.forms import CorrectedFileForm
from etotu.installation.pages import installation_batch_page
from etotu.installation.scope import own_scope
from etotu.models import Batch
from municipalities.requests import installation_admin


@installation_admin
@require_POST
def installation_alerts_seen(request: HttpRequest) -> HttpResponse:
    with own_scope():
        see(request, standing(None))
    return redirect("installation_batches")


@takes_files(settings.ETOTU_UPLOADS_LIMIT)
@installation_admin
def installation_correct_batch(request: HttpRequest, public_id: str) -> HttpResponse:
    """What came by folder or command belongs to no municipality, and so does what comes in its place."""
    batch = get_object_or_404(Batch.objects.select_related("delivered_by", "repeat_of"), public_id=public_id)
    if request.method == "POST" and may_be_corrected(request, batch):
        form = CorrectedFileForm(request.POST, request.FILES)
        if not form.is_valid():
            return installation_batch_page(request, batch, form)
        new = bring_in(request, batch, form.cleaned_data["chosen"], batch.uploaded_in)
        return redirect("installation_batch", public_id=new.public_id) if new else redirect("installation_batches")
    return redirect("installation_batch", public_id=public_id)

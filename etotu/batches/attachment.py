"""An attachment of a notice, as a download that no browser runs or shows."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from cases.access.reads import access, record
from cases.models.access_log import Looked
from core.encryption import decrypt
from etotu.loading.rows import attachment_context
from etotu.models import Attachment
from etotu.parsing import safe_name
from etotu.parsing.attachments import TYPES
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


@roles(*CASEWORK)
@require_GET
def attachment(request: MunicipalRequest, pk: int) -> HttpResponse:
    file = access(Attachment, request, pk)
    record(request, Looked.OPENED, [file.notice.matter.client_id], detail="attachment")
    context = attachment_context(file.notice.sender, file.notice.number, file.version, file.ordinal)
    data = decrypt(file.data, context)
    kind = file.mime if file.mime in TYPES else "application/octet-stream"
    response = HttpResponse(data, content_type="text/plain; charset=utf-8" if kind == "text/plain" else kind)
    name = safe_name(file.name, file.mime)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response

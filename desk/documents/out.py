"""What leaves of a finished document: paper, structured file, what is copied. Each is told as a disclosure."""

import io
import json
import zipfile

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.access.reads import access, record
from cases.models.access_log import Looked
from core.saving import NotPossible, attempt, first_press
from desk.documents.addresses import of_document
from desk.documents.pages import LanguageForm, intact_or_told
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.models import Document, Version, Way
from records.out.checking import faults
from records.out.leaving import took_out
from records.out.national import Json, author_of, client_of, national, side_file
from records.out.printing import NotPrintable, print_version
from records.out.text import lines

LONGEST_NAME = 400


@roles(*CASEWORK)
@require_POST
def client_document_pdf(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """The paper in the language that was chosen; its name tells nothing."""
    found, version = _finished(request, pk, document)
    form = LanguageForm(request.POST)
    if version is None or not form.is_valid():
        return _back(request, found)
    try:
        data = print_version(version, found.client, request.municipality, form.cleaned_data["kieli"])
    except NotPrintable:
        messages.error(request, _("The paper could not be made. Try again, or print the page."))
        return _back(request, found)
    took_out(request.user, version, Way.PDF)
    record(request, Looked.PRINTED, [pk], "document")
    return _file(data, "application/pdf", "asiakirja.pdf", inline=True)


@roles(*CASEWORK)
@require_POST
def client_document_file(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """The national document and what is ours beside it, as one packet; nothing that its schema does not take."""
    found, version = _finished(request, pk, document)
    if version is None:
        return _back(request, found)
    made = national(version, client_of(found.client), author_of(version))
    if faults(made, version.structure):
        messages.error(
            request, _("The structured file cannot be made: a code that the national form asks for is missing.")
        )
        return _back(request, found)
    took_out(request.user, version, Way.STRUCTURED)
    record(request, Looked.EXPORTED, [pk], "document")
    return _file(_packet(made, side_file(version)), "application/zip", "asiakirja.zip")


@roles(*CASEWORK)
@require_POST
def client_document_copied(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """The page tells what was copied: the one field of that name, or all of it."""
    version = _finished(request, pk, document)[1]
    if version is None:
        return HttpResponse(status=409)
    name = request.POST.get("field", "")[:LONGEST_NAME]
    if name and name not in {line.name for line in lines(version, "fi")}:
        return HttpResponse(status=400)
    took_out(request.user, version, Way.FIELD if name else Way.WHOLE, name)
    record(request, Looked.EXPORTED, [pk], "document_field" if name else "document")
    return HttpResponse(status=204)


@roles(*CASEWORK)
@require_POST
def client_document_carried(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """Mark it as carried to the main system: a mark, nothing is sent."""
    found, version = _finished(request, pk, document)
    if version is not None:
        attempt(lambda: took_out(request.user, version, Way.CARRIED) if first_press(request) else None)
        record(request, Looked.EXPORTED, [pk], "document_carried")
        messages.success(request, _("Marked as carried to the client information system."))
    return _back(request, found)


def _finished(request: MunicipalRequest, pk: int, document: int) -> tuple[Document, Version | None]:
    """The newest version, if it holds and is as it was locked; else the words why nothing of it leaves."""
    found = access(Document, request, document, client=pk)
    version = found.versions.filter(number=found.latest).first()
    refusal: NotPossible | None = None
    if version is None:
        refusal = NotPossible(_("The document is not finished yet."))
    elif found.cancelled_at is not None:
        refusal = NotPossible(_("The document has been cancelled."))
    elif not intact_or_told(version):
        refusal = NotPossible(_("The text is not the same as when it was locked. It cannot be copied or printed."))
    if refusal is None:
        return found, version
    messages.error(request, str(refusal))
    return found, None


def _packet(document: Json, beside: Json) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as packet:
        for name, content in (("asiakirja.json", document), ("lisatiedot.json", beside)):
            packet.writestr(name, json.dumps(content, ensure_ascii=False, indent=2))
    return found.getvalue()


def _file(data: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file whose name tells nothing, kept by nobody on the way."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _back(request: MunicipalRequest, document: Document) -> HttpResponse:
    return redirect(of_document("client_document", request, document))

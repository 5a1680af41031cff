"""The reading page of a document: the newest finished version, an older one, or what is being written."""

import logging
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.access.reads import access, record
from cases.models.access_log import Looked
from desk.documents.addresses import is_note, of_client, of_document
from desk.documents.reading import read_document
from desk.documents.rows import state_of
from desk.matter.words import title
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.content.digest import shown as shown_digest
from records.documents.rules import can_cancel, can_correct, open_version_of
from records.documents.told import document_name
from records.documents.verbs import is_whole
from records.models import Document, TakingOut, Version, Way
from records.out.text import whole

log = logging.getLogger(__name__)

LANGUAGES = (("fi", gettext_lazy("in Finnish")), ("sv", gettext_lazy("in Swedish")))


class LanguageForm(forms.Form):
    """In which language the headings of the paper are; what was written stays as it is."""

    kieli = forms.ChoiceField(label=gettext_lazy("Language of the print"), choices=LANGUAGES)

    def __init__(self, data: Any = None, *, language: str = "fi") -> None:
        super().__init__(data, initial={"kieli": language}, auto_id="print_%s")


@roles(*CASEWORK)
@require_safe
def client_document(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    found = access(Document, request, document, client=pk)
    if is_note(found):
        return redirect(of_document("client_document", request, found))
    if not found.is_finished:
        return redirect(of_document("client_document_write", request, found))
    return reading_page(request, found, found.latest)


@roles(*CASEWORK)
@require_safe
def client_document_version(request: MunicipalRequest, pk: int, document: int, number: int) -> HttpResponse:
    found = access(Document, request, document, client=pk)
    if is_note(found):
        return redirect(of_document("client_document", request, found))
    return reading_page(request, found, number)


def reading_page(request: MunicipalRequest, document: Document, number: int) -> HttpResponse:
    record(request, Looked.OPENED, [document.client_id], "document")
    versions = list(document.versions.select_related("author").order_by("-number"))
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise Http404(_("There is no such version."))
    earlier = next((one for one in versions if one.number == number - 1), None)
    comparing = earlier is not None and request.GET.get("muutokset") == "nayta"
    intact = intact_or_told(version)
    language = get_language() or "fi"
    newest = number == document.latest
    context = {
        "document": document,
        "client": document.client,
        "name": document_name(document.number),
        "version": version,
        "versions": versions,
        "several": len(versions) > 1,
        "newest": newest,
        "state": state_of(document, request.user)[0],
        "being_written": open_version_of(document),
        "matter": title(document.matter) if document.matter else "",
        "matter_id": document.matter_id,
        "page_address": here(request, document, number),
        "sections": read_document(version, earlier if comparing else None),
        "comparing": comparing,
        "comparable": earlier is not None,
        "intact": intact,
        "copying": intact and newest and document.cancelled_at is None,
        "seal": shown_digest(version.digest),
        "whole_text": whole(version, language),
        "form": LanguageForm(language=version.language),
        "taken": taken_out(version),
        "may_correct": newest and can_correct(request.user, document) is None,
        "may_cancel": newest and can_cancel(request.user, document) is None,
        "back": of_client(request, document.client_id),
    }
    return render(request, "desk/documents/document.html", context)


def here(request: MunicipalRequest, document: Document, number: int) -> str:
    if number == document.latest:
        return of_document("client_document", request, document)
    return reverse(
        "client_document_version",
        kwargs={
            "code": request.municipality.code,
            "pk": document.client_id,
            "document": document.pk,
            "number": number,
        },
    )


def intact_or_told(version: Version) -> bool:
    """Whether the text is the one that was locked; where it is not, the log of the program says so."""
    intact = is_whole(version)
    if not intact:
        log.error("Version %s of document %s is not as it was locked.", version.number, version.document_id)
    return intact


def taken_out(version: Version) -> list[TakingOut]:
    """When it was marked as carried to the main system, the latest first."""
    return list(version.taken_out.filter(way=Way.CARRIED).select_related("by")[:3])

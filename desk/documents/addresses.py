"""Where the pages of a document are."""

from django.urls import reverse

from municipalities.requests import MunicipalRequest
from records.models import Document
from records.notes.content import NOTES

PAGES_OF_NOTES = {"client_document_write": "client_note_write", "client_document": "client_note"}
"""A note has pages of its own; what is done to it is done as to any document."""


def is_note(document: Document) -> bool:
    return document.number in NOTES


def of_document(name: str, request: MunicipalRequest, document: Document, **more: int) -> str:
    if is_note(document):
        name = PAGES_OF_NOTES.get(name, name)
    kwargs = {"code": request.municipality.code, "pk": document.client_id, "document": document.pk, **more}
    return reverse(name, kwargs=kwargs)


def of_client(request: MunicipalRequest, pk: int) -> str:
    return reverse("client_documents", kwargs={"code": request.municipality.code, "pk": pk})


def among_others(request: MunicipalRequest, document: Document) -> str:
    """The list in which the document stands."""
    if is_note(document):
        return reverse("client_notes", kwargs={"code": request.municipality.code, "pk": document.client_id})
    return of_client(request, document.client_id)

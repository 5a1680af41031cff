"""Where the pages of a document are."""

from django.urls import reverse

from municipalities.requests import MunicipalRequest
from records.models import Document


def of_document(name: str, request: MunicipalRequest, document: Document, **more: int) -> str:
    kwargs = {"code": request.municipality.code, "pk": document.client_id, "document": document.pk, **more}
    return reverse(name, kwargs=kwargs)


def of_client(request: MunicipalRequest, pk: int) -> str:
    return reverse("client_documents", kwargs={"code": request.municipality.code, "pk": pk})

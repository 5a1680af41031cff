"""Where the pages of notes are."""

from django.urls import reverse

from cases.models import Client
from municipalities.requests import MunicipalRequest
from records.models import Document


def of_note(name: str, request: MunicipalRequest, document: Document) -> str:
    kwargs = {"code": request.municipality.code, "pk": document.client_id, "document": document.pk}
    return reverse(name, kwargs=kwargs)


def of_notes(request: MunicipalRequest, client: Client | int, name: str = "client_notes") -> str:
    pk = client if isinstance(client, int) else client.pk
    return reverse(name, kwargs={"code": request.municipality.code, "pk": pk})

"""Asiakirjat: the documents of a client, and beginning one."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cases.access.reads import access, record
from cases.models import Client, Matter
from cases.models.access_log import Looked
from core.saving import save
from desk.client.file import NOTES, ClientFile
from desk.client.head import head
from desk.documents.addresses import of_client, of_document
from desk.documents.facts import first_text
from desk.documents.rows import BEING_WRITTEN_FIRST, row
from desk.matter.lists import matters_of
from desk.matter.words import title
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.documents.told import document_name
from records.documents.verbs import begin
from records.models import Document, Version

PAGE: Final = 40
OFFERED: Final = (
    "1012", "1009", "15020", "15001", "15021", "16009", "7009", "5004", "14003", "8004", "4021", "10012", "13004",
)  # fmt: skip
"""The structures that one begins from the list, the most usual first."""
OF_LAW: Final = ("fi", "sv")


class BeginForm(forms.Form):
    number = forms.ChoiceField(label=gettext_lazy("Document"))
    matter = forms.TypedChoiceField(label=gettext_lazy("Matter"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any = None, *, matters: list[Matter]) -> None:
        super().__init__(data, auto_id="begin_%s")
        kinds = [(number, document_name(number)) for number in OFFERED]
        self.fields["number"].choices = kinds  # type: ignore[attr-defined]
        words = [(str(one.pk), title(one)) for one in matters if one.is_open]
        self.fields["matter"].choices = [*words, ("", _("About none of them"))]  # type: ignore[attr-defined]


@roles(*CASEWORK)
@require_safe
def client_documents(request: MunicipalRequest, pk: int) -> HttpResponse:
    return documents_page(ClientFile(request, pk))


@roles(*CASEWORK)
@require_POST
def client_document_begin(request: MunicipalRequest, pk: int) -> HttpResponse:
    """A new document with what is known from before, open to be written."""
    client = access(Client, request, pk)
    matters = list(matters_of(request, client).filter(closed_at=None))
    form = BeginForm(request.POST, matters=matters)
    if not form.is_valid():
        return documents_page(ClientFile(request, pk), form)
    matter = next((one for one in matters if one.pk == form.cleaned_data["matter"]), None)
    outcome = save(request, form, lambda: begun(request, client, form.cleaned_data["number"], matter))
    if outcome.value is None:  # the second press of a double click
        return redirect(of_client(request, pk))
    messages.success(request, _("The document was begun. It is saved as you write."))
    return redirect(of_document("client_document_write", request, outcome.value))


def begun(request: MunicipalRequest, client: Client, number: str, matter: Matter | None) -> Document:
    text = first_text(number, client, matter, latest(client, number))
    language = client.language if client.language in OF_LAW else "fi"
    return begin(request.user, client, number, matter=matter, text=text, language=language)


def latest(client: Client, number: str) -> Version | None:
    """The newest finished text of this structure that holds."""
    found = Version.objects.filter(
        document__client=client, document__number=number, document__cancelled_at=None, number=F("document__latest")
    )
    return found.order_by("-finished_at", "-pk").first()


def documents_page(file: ClientFile, form: BeginForm | None = None) -> HttpResponse:
    request = file.request
    record(request, Looked.OPENED, [file.client.pk])
    page = Paginator(documents_of(file.client), PAGE).get_page(request.GET.get("sivu"))
    context = {
        **head(file, "client_documents"),
        "page_address": of_client(request, file.client.pk),
        "page": page,
        "rows": [row(request, document) for document in page],
        "form": form or BeginForm(matters=file.matters),
    }
    return render(request, "desk/documents/documents.html", context, status=422 if form else 200)


def documents_of(client: Client) -> QuerySet[Document]:
    """Those that are being written first, then the latest."""
    found = Document.objects.filter(client=client, municipality=client.municipality_id).exclude(
        number__startswith=NOTES
    )
    by_day = Coalesce("finished_at", "created_at")
    return found.select_related("author", "created_by", "matter", "open_version__started_by").order_by(
        BEING_WRITTEN_FIRST, by_day.desc(), "-pk"
    )

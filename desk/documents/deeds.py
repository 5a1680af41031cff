"""What is done to a document beside writing it: taken over, thrown away, corrected, cancelled."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cases.access.reads import access, record
from cases.models.access_log import Looked
from core.saving import NotPossible, attempt, first_press, save
from desk.documents.addresses import among_others, is_note, of_document
from desk.matter.forms import textarea
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.documents import verbs
from records.documents.rules import can_cancel, can_write
from records.documents.told import document_name
from records.documents.verbs import LONGEST_REASON
from records.models import Document


class NoFields(forms.Form):
    """Nothing is asked but whether."""


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is the document cancelled?"), widget=textarea(3), max_length=LONGEST_REASON
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="cancel_%s")


@roles(*CASEWORK)
@require_POST
def client_document_take_over(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    found = access(Document, request, document, client=pk)
    words = _("The document is now yours to write. It goes on from what was saved last.")
    return _at_once(request, found, lambda: verbs.take_over(request.user, found), words)


@roles(*CASEWORK)
@require_POST
def client_document_correct(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """Begin a new version, which asks why."""
    found = access(Document, request, document, client=pk)
    words = _("A new version was begun. The earlier one holds until the new one is finished.")
    return _at_once(request, found, lambda: verbs.correct(request.user, found), words)


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def client_document_throw_away(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    found = access(Document, request, document, client=pk)
    form = NoFields(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        outcome = save(request, form, lambda: verbs.throw_away(request.user, found, tell=not is_note(found)))
        if outcome.done:
            messages.success(request, _("The draft was thrown away."))
            return redirect(among_others(request, found))
    record(request, Looked.OPENED, [pk], "document")
    of_version = _("The earlier version stays as it is.") if found.is_finished else ""
    context = {
        "question": _("Throw the draft away?"),
        "explanation": _("What was written in it is gone, and cannot be brought back.") + f" {of_version}".rstrip(),
        "verb": _("Throw the draft away"),
        "cannot": can_write(request.user, found),
        "cancel_url": of_document("client_document_write", request, found),
    }
    return _asked(request, found, form, context)


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def client_document_cancel(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    found = access(Document, request, document, client=pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        outcome = save(request, form, lambda: verbs.cancel(request.user, found, form.cleaned_data["reason"]))
        if outcome.done:
            messages.success(request, _("The document was cancelled. It stays readable."))
            return redirect(of_document("client_document", request, found))
    record(request, Looked.OPENED, [pk], "document")
    context = {
        "question": _("Cancel the document?"),
        "explanation": _("The document does not hold after this. It stays readable, with who cancelled it and why."),
        "verb": _("Cancel the document"),
        "cannot": can_cancel(request.user, found),
        "cancel_url": of_document("client_document", request, found),
    }
    return _asked(request, found, form, context)


def _asked(request: MunicipalRequest, document: Document, form: forms.Form, context: dict[str, Any]) -> HttpResponse:
    shown = {**context, "form": form, "client": document.client, "name": document_name(document.number)}
    return render(request, "desk/documents/ask.html", shown, status=422 if form.is_bound else 200)


def _at_once(
    request: MunicipalRequest, document: Document, act: Callable[[], object], words: str | Promise
) -> HttpResponse:
    """Do it and go to the writing page; what is not possible is told there, or where the document is read."""
    outcome = attempt(lambda: act() if first_press(request) else None)
    refusal: NotPossible | None = outcome.refusal
    if refusal is None:
        messages.success(request, str(words))
    else:
        messages.error(request, str(refusal))
    return redirect(of_document("client_document_write" if refusal is None else "client_document", request, document))

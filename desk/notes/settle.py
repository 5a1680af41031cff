"""What a note left to do: an agreed thing done or put aside, a question answered."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cases.access.reads import access, record
from cases.models.access_log import Looked
from core.saving import Result, attempt, first_press, save
from desk.matter.forms import textarea
from desk.notes.addresses import of_note, of_notes
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.models import AgreedItem, ColleagueQuestion
from records.notes import verbs

DONE = "tehty"


class AsideForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why is it put aside?"), max_length=300, widget=textarea(2), strip=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="aside_%s")


class AnswerForm(forms.Form):
    answer = forms.CharField(label=gettext_lazy("Your answer"), max_length=2000, widget=textarea(3))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="answer_%s")


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def client_agreed(request: MunicipalRequest, pk: int, item: int) -> HttpResponse:
    """Done with one press; put aside with a reason, which this page asks."""
    found = access(AgreedItem, request, item, client=pk)
    if request.method == "POST" and request.POST.get("tee") == DONE:
        outcome: Result[None] = attempt(lambda: verbs.do_agreed(request.user, found) if first_press(request) else None)
        _tell(request, outcome.refusal, _("Marked as done."))
        return redirect(_back(request, pk))
    form = AsideForm(request.POST if request.method == "POST" else None)
    if (
        form.is_valid()
        and save(request, form, lambda: verbs.put_aside(request.user, found, form.cleaned_data["reason"])).done
    ):
        messages.success(request, _("Put aside."))
        return redirect(_back(request, pk))
    record(request, Looked.OPENED, [pk], "agreed")
    context = {
        "item": found,
        "title": _("Put aside what was agreed?"),
        "verb": _("Put aside"),
        "settled": found.done_at is not None or found.put_aside_at is not None,
    }
    return _asked(request, form, found, context)


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def client_question(request: MunicipalRequest, pk: int, question: int) -> HttpResponse:
    found = access(ColleagueQuestion, request, question, client=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if (
        form.is_valid()
        and save(request, form, lambda: verbs.answer(request.user, found, form.cleaned_data["answer"])).done
    ):
        messages.success(request, _("The answer was saved."))
        return redirect(_back(request, pk))
    record(request, Looked.OPENED, [pk], "question")
    context = {
        "question": found,
        "title": _("Answer a colleague"),
        "verb": _("Answer"),
        "settled": found.answered_at is not None or found.to_id != request.user.pk,
    }
    return _asked(request, form, found, context)


def _asked(
    request: MunicipalRequest, form: forms.Form, found: AgreedItem | ColleagueQuestion, context: dict[str, Any]
) -> HttpResponse:
    shown = {
        "item": None,
        "question": None,
        **context,
        "form": form,
        "client": found.client,
        "note_url": of_note("client_note", request, found.document) if found.document else "",
        "cancel_url": _back(request, found.client_id),
        "came_from": request.POST.get("sivulta") or request.GET.get("sivulta", ""),
    }
    return render(request, "desk/notes/settle.html", shown, status=422 if form.is_bound else 200)


def _tell(request: MunicipalRequest, refusal: Exception | None, words: str) -> None:
    if refusal is None:
        messages.success(request, words)
    else:
        messages.error(request, str(refusal))


def _back(request: MunicipalRequest, pk: int) -> str:
    """The page that one came from: Today, or the notes."""
    came = request.POST.get("sivulta") or request.GET.get("sivulta", "")
    if came == "tanaan":
        return reverse("today", kwargs={"code": request.municipality.code})
    return of_notes(request, pk)

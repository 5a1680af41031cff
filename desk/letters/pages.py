"""Kirjeet: those that wait to be printed and sent, those without an answer, those sent."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from cases.access.reads import access, chosen_rows, record
from cases.letters import verbs as service
from cases.letters.rules import can_be_deleted, can_be_posted
from cases.models import Letter
from cases.models.access_log import Looked
from cases.models.letter import LetterKind
from core.asked_numbers import number, numbers
from core.day_field import DayField
from core.saving import attempt, save
from desk.letters.pdf import pdf
from desk.letters.shown import (
    SENT,
    UNANSWERED,
    UNSENT,
    VIEWS,
    ago_words,
    chosen_letters,
    for_rows,
    letters_of_view,
    possible,
)
from desk.matter.addresses import HEADING, queue_link
from desk.matter.forms import day_input
from desk.oversight.explaining import first_whose, first_why
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

ROWS = 50
MOST = 300
"""In one file: a few seconds."""
TITLES = {
    UNSENT: gettext_lazy("To be sent"),
    UNANSWERED: gettext_lazy("Sent, no answer"),
    SENT: gettext_lazy("All sent"),
}


class LetterFilter(forms.Form):
    tyyppi = forms.ChoiceField(
        label=gettext_lazy("Letter"), choices=[("", gettext_lazy("All")), *LetterKind.choices], required=False
    )
    tekija = forms.ChoiceField(
        label=gettext_lazy("Made by"),
        choices=[("", gettext_lazy("Anybody")), ("mina", gettext_lazy("Me"))],
        required=False,
    )
    paivia = forms.ChoiceField(
        label=gettext_lazy("Sent"),
        choices=[
            ("", gettext_lazy("Any day")),
            ("7", gettext_lazy("7 days ago or earlier")),
            ("14", gettext_lazy("14 days ago or earlier")),
            ("30", gettext_lazy("30 days ago or earlier")),
        ],
        required=False,
    )
    nakyma = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, auto_id="f_%s")
        self.is_valid()
        if self.view == UNSENT:
            del self.fields["paivia"]

    @property
    def view(self) -> str:
        asked = self.cleaned_data.get("nakyma", "")
        return asked if asked in VIEWS else UNSENT

    def conditions(self, user: User) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if kind := self.cleaned_data.get("tyyppi"):
            found["kind"] = kind
        if self.cleaned_data.get("tekija"):
            found["made_by"] = user
        days = self.cleaned_data.get("paivia")
        if days and self.view != UNSENT:
            found["sent_on__lte"] = timezone.localdate() - datetime.timedelta(days=int(days))
        return found


class SentForm(forms.Form):
    day = DayField(label=gettext_lazy("Sent on"), widget=day_input())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"day": timezone.localdate()}, auto_id="sent_%s")


@roles(*CASEWORK)
@require_safe
def letters(request: MunicipalRequest) -> HttpResponse:
    return letters_page(request)


def letters_page(request: MunicipalRequest, form: SentForm | None = None) -> HttpResponse:
    filters = LetterFilter(request.GET)
    found = for_rows(letters_of_view(request, filters.view).filter(**filters.conditions(request.user)))
    page = Paginator(found, ROWS).get_page(request.GET.get("sivu"))
    record(request, Looked.LISTED, [letter.client_id for letter in page])
    here = reverse("letters", kwargs={"code": request.municipality.code})
    context = {
        "filters": filters,
        "view": filters.view,
        "page": page,
        "rows": [row(letter, request.user) for letter in page],
        "form": form or SentForm(),
        "page_address": back_url(request),
        "tabs": [
            {
                "label": words,
                "url": f"{here}?nakyma={name}",
                "current": name == filters.view,
                "n": letters_of_view(request, name).count() if name != SENT else None,
            }
            for name, words in TITLES.items()
        ],
    }
    return render(request, "desk/letters/letters.html", context, status=422 if form else 200)


def row(letter: Letter, user: User) -> dict[str, Any]:
    left = can_be_posted(user, letter)
    return {"letter": letter, "ago": ago_words(letter), "protected": letter.client.non_disclosure, "left": left}


@roles(*CASEWORK)
@require_safe
def letter_pdf(request: MunicipalRequest, pk: int) -> HttpResponse:
    letter = access(Letter, request, pk)
    if (reason := can_be_posted(request.user, letter)) is not None:
        raise PermissionDenied(reason)
    return printed(request, [letter])


@roles(*CASEWORK)
@require_POST
def letters_pdf(request: MunicipalRequest) -> HttpResponse:
    """The chosen letters as one file."""
    found = chosen_letters(request, asked_letters(request.POST))
    if not found:
        return none_chosen(request)
    allowed = possible(request, can_be_posted, found)
    return printed(request, allowed) if allowed else back(request)


@roles(*CASEWORK)
@require_safe
def letters_batch(request: MunicipalRequest, batch: str) -> HttpResponse:
    """The letters that were made together, as one file."""
    found = list(for_rows(chosen_rows(Letter, request, batch=batch, sent_on=None).order_by("pk"))[:MOST])
    if not found:
        raise Http404(_("There is no such letter, or it is not yours to see."))
    allowed = possible(request, can_be_posted, found)
    return printed(request, allowed) if allowed else redirect("letters", code=request.municipality.code)


def printed(request: MunicipalRequest, found: list[Letter]) -> HttpResponse:
    """The file; the access log tells that it was made, and separately whose protected address it shows."""
    protected = [letter.client_id for letter in found if letter.client.non_disclosure]
    if protected and (why := first_why(request, len(set(protected)))):
        return why
    if why := first_whose(request, [letter.client for letter in found]):
        return why
    record(request, Looked.PRINTED, [letter.client_id for letter in found], "letter")
    record(request, Looked.REVEALED, protected, "letter_address")
    return pdf(service.pdf_of(found, request.municipality))


@roles(*CASEWORK)
@require_POST
def letters_sent(request: MunicipalRequest) -> HttpResponse:
    """Mark the chosen letters as sent: each becomes a contact of that day."""
    form = SentForm(request.POST)
    found = chosen_letters(request, asked_letters(request.POST))
    if not found:
        return none_chosen(request)
    found = possible(request, can_be_posted, found)
    if not found:
        return back(request)
    if form.is_valid():
        outcome = save(request, form, lambda: service.mark_sent(request.user, found, form.cleaned_data["day"]))
        if outcome.done:
            n = outcome.value or 0
            words = ngettext("%(n)s letter was marked as sent.", "%(n)s letters were marked as sent.", n)
            messages.success(request, words % {"n": n})
            return back(request)
    if request.POST.get("asia"):
        messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
        return back(request)
    return letters_page(request, form)


@roles(*CASEWORK)
@require_POST
def letters_delete(request: MunicipalRequest) -> HttpResponse:
    """Delete chosen letters that were not sent, after a question."""
    found = [letter for letter in chosen_letters(request, asked_letters(request.POST)) if letter.sent_on is None]
    if not found:
        return none_chosen(request)
    found = possible(request, can_be_deleted, found)
    if not found:
        return back(request)
    if request.POST.get("varma"):
        outcome = attempt(lambda: service.delete_letters(request.user, found))
        if outcome.refusal is not None:
            messages.error(request, str(outcome.refusal))
            return back(request)
        n = outcome.value or 0
        words = ngettext("%(n)s letter was deleted.", "%(n)s letters were deleted.", n)
        messages.success(request, words % {"n": n})
        return back(request)
    record(request, Looked.LISTED, [letter.client_id for letter in found])
    context = {"found": found, "matter": request.POST.get("asia", ""), "back_url": back_url(request)}
    context["page_address"] = context["back_url"]
    return render(request, "desk/letters/delete.html", context)


def none_chosen(request: MunicipalRequest) -> HttpResponse:
    messages.warning(request, _("No letter was chosen. Choose one or more from the list first."))
    return back(request)


def asked_letters(data: QueryDict) -> list[int]:
    return numbers(data.getlist("kirje"))[:MOST]


def back(request: MunicipalRequest) -> HttpResponse:
    return redirect(back_url(request))


def back_url(request: MunicipalRequest) -> str:
    """To the matter one was on, else to the list with its filters."""
    matter = request.POST.get("asia", "")
    if number(matter) is not None:
        return queue_link(request, avoin=matter) + HEADING
    here = reverse("letters", kwargs={"code": request.municipality.code})
    return f"{here}?{request.GET.urlencode()}" if request.GET else here

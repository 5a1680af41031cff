"""Letters "we tried to reach you" for many matters at once: who gets one, who does not and why, then making them."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from cases.access.reads import chosen_rows, record
from cases.clients.languages import language_name
from cases.letters.choice import Candidate, Without, candidates
from cases.letters.rules import can_be_posted, part
from cases.letters.verbs import make_letters
from cases.models import Letter, Matter
from cases.models.access_log import Looked
from cases.models.letter import LetterLanguage
from core.saving import first_press
from desk.letters.pages import SentForm
from desk.letters.shown import for_rows, visible_letters
from desk.matter.several import asked_ids, chosen
from desk.matter.words import attempts_words, what
from municipalities.models import LocalSettings
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

PHONE = "letter_phone"


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=gettext_lazy("Phone number in the letter"),
        help_text=gettext_lazy("The number at which you are reached. If it is empty, the letter has no line for it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        validators=[
            RegexValidator(r"^[+(]?\d[\d ()\-]{3,}$", gettext_lazy("Give a phone number, such as 040 123 4567.")),
        ],
    )


def own_phone(request: MunicipalRequest) -> str:
    """The number that this person gave for the letters of this session."""
    return str(request.session.get(PHONE, ""))


def remember_phone(request: MunicipalRequest, phone: str) -> None:
    if phone and phone != own_phone(request):
        request.session[PHONE] = phone


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def letters_new(request: MunicipalRequest) -> HttpResponse:
    """The queue posts the chosen matters here; the address then names them, so that the page can be opened again."""
    here = reverse("letters_new", kwargs={"code": request.municipality.code})
    if request.method == "POST" and not request.POST.get("tee"):
        keys = asked_ids(request.POST)
        if keys:
            return redirect(f"{here}?{urlencode({'matter': keys}, doseq=True)}")
    matters = chosen(request, request.GET)
    if not matters:
        messages.warning(request, _("No matter was chosen. Choose one or more from the list first."))
        return redirect("queue", code=request.municipality.code)
    form = PhoneForm(request.POST if request.method == "POST" else None, initial={"phone": own_phone(request)})
    if request.method == "POST" and form.is_valid():
        return make(request, matters, form.cleaned_data["phone"])
    found = candidates(matters, request.municipality)
    record(request, Looked.LISTED, [one.matter.client_id for one in found])
    context = {
        "form": form,
        "getting": [row(one) for one in found if one.without is None],
        "without": [row(one) | details(request, one) for one in found if one.without is not None],
        "settings": LocalSettings.objects.of(request.municipality),
    }
    return render(request, "desk/letters/new.html", context)


def row(one: Candidate) -> dict[str, Any]:
    client = one.matter.client
    return {
        "matter": one.matter,
        "name": client.full_name,
        "what": what(one.matter),
        "attempts": attempts_words(one.matter),
        "language": LetterLanguage(one.language).label,
        "asked": "" if one.own_language or not client.language else language_name(client.language),
        "why": one.without.label if one.without else "",
    }


def details(request: MunicipalRequest, one: Candidate) -> dict[str, str]:
    """Where the address that is missing can be added."""
    if one.without != Without.NO_ADDRESS:
        return {"details_url": ""}
    kwargs = {"code": request.municipality.code, "pk": one.matter.client_id}
    return {"details_url": reverse("client_details", kwargs=kwargs)}


def make(request: MunicipalRequest, matters: list[Matter], phone: str) -> HttpResponse:
    remember_phone(request, phone)
    with transaction.atomic():
        first = first_press(request)
        batch = make_letters(request.user, request.municipality, matters, phone=phone) if first else None
    if first and batch is None:
        messages.warning(request, _("No letter was made: see below why."))
        return redirect(request.get_full_path())
    if batch is None:
        latest = visible_letters(request).filter(made_by=request.user).order_by("-made_at", "-pk").first()
        batch = latest.batch if latest else None
    if batch is None:
        return redirect("letters", code=request.municipality.code)
    return redirect("letters_made", code=request.municipality.code, batch=batch)


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD"])
def letters_made(request: MunicipalRequest, batch: str) -> HttpResponse:
    """What to do with letters that were just made together: print, post, mark as sent."""
    found = list(for_rows(chosen_rows(Letter, request, batch=batch).order_by("pk")))
    if not found:
        return redirect("letters", code=request.municipality.code)
    record(request, Looked.LISTED, [letter.client_id for letter in found])
    words = ngettext("%(n)s letter", "%(n)s letters", len(found)) % {"n": len(found)}
    mine, left = part(can_be_posted, request.user, unsent(found))
    context = {"found": found, "unsent": mine, "left": left, "batch": batch, "words": words, "form": SentForm()}
    return render(request, "desk/letters/made.html", context)


def unsent(found: list[Letter]) -> list[Letter]:
    return [letter for letter in found if letter.sent_on is None]

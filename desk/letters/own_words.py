"""The words of the letters, for the admins of a municipality."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cases.letters import own_words as service
from cases.letters.fields import MEANINGS, NEEDED, braced, faults, faults_of_subject, fields_of, fill
from cases.letters.printing import Page, print_letters, unprintable
from cases.letters.values import example_fields
from cases.letters.verbs import sender_lines
from cases.letters.words import WORDS
from cases.models.letter import LetterKind, LetterLanguage
from core.saving import attempt, posted_version, save
from desk.letters.pdf import pdf
from municipalities.models import LocalSettings, Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.tabs import municipal_tabs


class WordsForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy(
            "An empty line begins a new paragraph. A line whose fields are all empty is left out of the letter."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}),
    )

    def __init__(self, data: Any = None, *, kind: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind

    def clean_subject(self) -> str:
        return self._checked(self.cleaned_data["subject"], faults_of_subject(self.cleaned_data["subject"]))

    def clean_body(self) -> str:
        return self._checked(self.cleaned_data["body"], faults(self.kind, self.cleaned_data["body"]))

    def _checked(self, text: str, found: list[str]) -> str:
        missing = unprintable(text)
        if missing:
            words = _("These characters cannot be printed in a letter: %(characters)s")
            found = [*found, words % {"characters": " ".join(missing[:5])}]
        if found:
            raise forms.ValidationError([forms.ValidationError(words) for words in found])
        return text


@roles(Role.ADMIN)
@require_safe
def letter_templates(request: MunicipalRequest) -> HttpResponse:
    """Every kind of letter in every language, and whose words it has."""
    used = service.words_in_use(request.municipality)
    kinds = [
        {
            "name": LetterKind(kind).label,
            "rows": [
                {
                    "kind": kind,
                    "language": language,
                    "name": LetterLanguage(language).label,
                    "words": used[kind, language],
                }
                for language in LetterLanguage.values
            ],
        }
        for kind in LetterKind.values
    ]
    context = {
        "kinds": kinds,
        "settings": LocalSettings.objects.of(request.municipality),
        "tabs": municipal_tabs(request.municipality.code, "letter_templates"),
    }
    return render(request, "desk/letters/own_words_list.html", context)


@roles(Role.ADMIN)
def letter_template(request: MunicipalRequest, kind: str, language: str) -> HttpResponse:
    used = words_of(request, kind, language)
    if request.method != "POST":
        form = WordsForm(kind=kind, initial={"subject": used.subject, "body": used.body})
        return page(request, kind, language, form, used.version)
    form = WordsForm(request.POST, kind=kind)
    version = posted_version(request)
    if not form.is_valid():
        return page(request, kind, language, form, version)
    words = form.cleaned_data
    outcome = save(
        request,
        form,
        lambda: service.save_template(request.user, request.municipality, kind, language, version=version, **words),
    )
    if outcome.changed_meanwhile:
        return page(request, kind, language, form, words_of(request, kind, language).version, changed=used)
    if not outcome.done:
        return page(request, kind, language, form, version)
    messages.success(request, _("The words were saved. Letters made from now on have them."))
    return redirect("letter_templates", code=request.municipality.code)


@roles(Role.ADMIN)
@require_POST
def letter_template_preview(request: MunicipalRequest, kind: str, language: str) -> HttpResponse:
    """The words that stand in the form, as a letter to a made-up person. Nothing is saved."""
    used = words_of(request, kind, language)
    form = WordsForm(request.POST, kind=kind)
    if not form.is_valid():
        return page(request, kind, language, form, posted_version(request) or used.version)
    settings = LocalSettings.objects.of(request.municipality)
    values = example_fields(request.municipality, settings, language)
    letter = Page(
        language=language,
        day=timezone.localdate(),
        sender=sender_lines(request.municipality, settings),
        recipient=["Maija Mallikas Esimerkki", "Esimerkkikatu 1 A 1", "00000 ESIMERKKILÄ"],
        subject=form.cleaned_data["subject"],
        body=fill(form.cleaned_data["body"], values),
    )
    return pdf(print_letters([letter]), inline=True)


@roles(Role.ADMIN)
def letter_template_back(request: MunicipalRequest, kind: str, language: str) -> HttpResponse:
    """Back to the program's words, after a question."""
    used = words_of(request, kind, language)
    if used.template is None:
        messages.info(request, _("The letter has the program's words already."))
        return redirect("letter_templates", code=request.municipality.code)
    if request.method == "POST":
        version = posted_version(request)
        refusal = attempt(
            lambda: service.use_program_words(request.user, request.municipality, kind, language, version=version)
        ).refusal
        if refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The letter has the program's words again."))
        return redirect("letter_templates", code=request.municipality.code)
    context = {
        "kind": kind,
        "language": language,
        "name": f"{LetterKind(kind).label}, {LetterLanguage(language).label}",
        "used": used,
        "program": WORDS[kind, language],
    }
    return render(request, "desk/letters/own_words_back.html", context)


def page(
    request: MunicipalRequest,
    kind: str,
    language: str,
    form: WordsForm,
    version: int,
    *,
    changed: service.InUse | None = None,
) -> HttpResponse:
    """The editor; with `changed`, what somebody else has saved stands beside the text."""
    here = reverse("letter_template", args=(request.municipality.code, kind, language))
    context = {
        "form": form,
        "kind": kind,
        "language": language,
        "name": LetterKind(kind).label,
        "language_name": LetterLanguage(language).label,
        "version": version,
        "fields": [(braced([name]), MEANINGS[name], name in NEEDED[kind]) for name in fields_of(kind)],
        "own": words_of(request, kind, language).template is not None,
        "changed": [(_("Subject"), changed.subject), (_("Text"), changed.body)] if changed else None,
        "tabs": municipal_tabs(request.municipality.code, "letter_templates"),
        "page_address": here,
    }
    return render(request, "desk/letters/own_words.html", context, status=422 if form.errors else 200)


def words_of(request: MunicipalRequest, kind: str, language: str) -> service.InUse:
    if (kind, language) not in WORDS:
        raise Http404(_("There is no such letter."))
    return service.words_in_use(request.municipality)[kind, language]

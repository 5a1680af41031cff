"""Kertomus: the notes of a client, filtered by what stands in the address, searched by what does not, printed."""

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from avain.measurements.reads import latest_goals
from cases.access.reads import record
from cases.models.access_log import Looked
from core.day_field import DayField
from core.day_limits import Span
from desk.client.file import ClientFile
from desk.client.head import head
from desk.matter.forms import day_input
from desk.notes.addresses import of_note, of_notes
from desk.notes.entries import lines_of
from desk.notes.write import note_of
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.models import Version
from records.notes.entry import Source
from records.notes.reads import notes_of, with_words, words_of

PAGE: Final = 20
MOST_PRINTED: Final = 500
LONGEST_SEARCH: Final = 100


class FilterForm(forms.Form):
    """In the address: what kind, whose, of which goal, from which day to which."""

    tyyppi = forms.ChoiceField(label=pgettext_lazy("record", "Kind"), required=False)
    kirjaaja = forms.ChoiceField(label=gettext_lazy("Author"), required=False)
    tavoite = forms.ChoiceField(label=gettext_lazy("Goal"), required=False)
    alku = DayField(label=gettext_lazy("From"), required=False, widget=day_input(), span=Span(back=30, ahead=1))
    loppu = DayField(label=gettext_lazy("To"), required=False, widget=day_input(), span=Span(back=30, ahead=1))

    def __init__(self, data: Any, file: ClientFile) -> None:
        super().__init__(data, auto_id="filter_%s")
        everything = [("", _("All"))]
        authors = notes_of(file.client).order_by("author_name").values_list("author_id", "author_name").distinct()
        goals = {
            goal.code.code: goal.own_words[:50] or goal.code.label for goal in latest_goals(file.client, factors=False)
        }
        kinds = [*Source.choices, ("peruttu", _("Cancelled or did not come"))]
        for name, choices in (
            ("tyyppi", kinds),
            ("kirjaaja", [(str(pk), name) for pk, name in authors]),
            ("tavoite", list(goals.items())),
        ):
            self.fields[name].choices = [*everything, *choices]  # type: ignore[attr-defined]
        if not goals:
            del self.fields["tavoite"]

    def narrow(self, rows: QuerySet[Version]) -> QuerySet[Version]:
        """By each filter that is understood."""
        self.full_clean()
        found = self.cleaned_data
        if kind := found.get("tyyppi"):
            away = Q(aside__went__startswith="cancelled") | Q(aside__went="did_not_come")
            rows = rows.filter(away) if kind == "peruttu" else rows.filter(aside__source=kind)
        if author := found.get("kirjaaja"):
            rows = rows.filter(author=author)
        if goal := found.get("tavoite"):
            rows = rows.filter(aside__goals__contains=[goal])
        if first := found.get("alku"):
            rows = rows.filter(document__happened_at__date__gte=first)
        if last := found.get("loppu"):
            rows = rows.filter(document__happened_at__date__lte=last)
        return rows

    @property
    def narrows(self) -> bool:
        return any(self.cleaned_data.values())


@roles(*CASEWORK)
@require_safe
def client_notes(request: MunicipalRequest, pk: int) -> HttpResponse:
    return _page(ClientFile(request, pk))


@roles(*CASEWORK)
@require_POST
def client_notes_search(request: MunicipalRequest, pk: int) -> HttpResponse:
    """What is searched for is a client's data: out of the address and of every log. That one searched is logged."""
    file = ClientFile(request, pk)
    sought = request.POST.get("sana", "").strip()[:LONGEST_SEARCH]
    if not words_of(sought):
        query = request.GET.urlencode()
        return redirect(of_notes(request, pk) + (f"?{query}" if query else ""))
    return _page(file, sought)


@roles(*CASEWORK)
@require_safe
def client_notes_print(request: MunicipalRequest, pk: int) -> HttpResponse:
    """All that the filters leave, nothing folded, for paper."""
    file = ClientFile(request, pk)
    record(request, Looked.PRINTED, [pk], "notes")
    form = FilterForm(request.GET, file)
    rows = form.narrow(notes_of(file.client))[:MOST_PRINTED]
    context = {
        "client": file.client,
        "lines": lines_of(request, list(rows), whole=True),
        "paper": True,
        "chosen": chosen_words(form),
        "today": timezone.localdate(),
        "page_address": of_notes(request, pk, "client_notes_print"),
        "back": of_notes(request, pk),
    }
    return render(request, "desk/notes/print.html", context)


@roles(*CASEWORK)
@require_safe
def client_note(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """One note with all its versions; of one that is being written, the page where it is written."""
    found = note_of(request, pk, document)
    if not found.is_finished:
        return redirect(of_note("client_note_write", request, found))
    file = ClientFile(request, pk)
    record(request, Looked.OPENED, [pk], "note")
    rows = list(notes_of(file.client).filter(document=found))
    context = {
        **head(file, "client_notes"),
        "page_address": of_note("client_note", request, found),
        "lines": lines_of(request, rows, whole=True),
        "paper": False,
        "back": of_notes(request, pk),
    }
    return render(request, "desk/notes/note.html", context)


def _page(file: ClientFile, sought: str = "") -> HttpResponse:
    request = file.request
    record(request, Looked.SEARCHED if sought else Looked.OPENED, [file.client.pk], "notes")
    words = words_of(sought)
    form = FilterForm(request.GET, file)
    rows = with_words(form.narrow(notes_of(file.client)), words)
    pages = Paginator(rows, MOST_PRINTED if sought else PAGE)
    if not words and not form.narrows:
        pages.count = file.note_count  # which the client was read with
    page = pages.get_page(request.GET.get("sivu"))
    query = request.GET.copy()
    query.pop("sivu", None)
    context = {
        **head(file, "client_notes"),
        "page_address": of_notes(request, file.client.pk),
        "page": page,
        "lines": lines_of(request, list(page), words),
        "paper": False,
        "form": form,
        "narrows": form.narrows,
        "sought": sought,
        "query": query.urlencode(),
        "all_count": file.note_count,
        "back": of_notes(request, file.client.pk),
    }
    return render(request, "desk/notes/notes.html", context)


def chosen_words(form: FilterForm) -> str:
    """Which filters a paper was made with."""
    found = []
    for name, value in form.cleaned_data.items():
        if value:
            choices = dict(getattr(form.fields[name], "choices", ()))
            found.append(f"{form.fields[name].label}: {choices.get(value, form.data.get(name))}")
    return ", ".join(found)

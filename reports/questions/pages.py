"""The questions about lists: who asked what, with the list and its filters, and the supervisor's answers."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.saving import posted_version, save
from municipalities.models.membership import Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row
from reports.dashboard.asked import READERS
from reports.dashboard.rows import AskedRows
from reports.figures.keys import UnknownKeyError
from reports.figures.registry import LISTINGS
from reports.models import ListQuestion
from reports.questions import verbs
from reports.questions.forms import AnswerForm, AskForm

PAGE_SIZE: Final = 20


@dataclass(frozen=True, slots=True)
class Shown:
    question: ListQuestion
    heading: str
    list_url: str
    form: AnswerForm | None


@roles(*READERS)
@require_safe
def list_questions(request: MunicipalRequest) -> HttpResponse:
    """All of the municipality for a supervisor, one's own for the others; those that wait for an answer first."""
    return _page(request)


@roles(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_list(request: MunicipalRequest, name: str, key: str) -> HttpResponse:
    """The filters of the list stand in the address, as on the list itself."""
    asked = AskedRows(request, name, key)
    if asked.listing.by_traits:
        raise Http404(_("There is no such page."))
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = save(
            request,
            form,
            lambda: verbs.ask(
                request.user,
                request.municipality,
                name=name,
                key=str(asked.key),
                query=asked.chosen.query,
                rows=asked.found.total,
                words=form.cleaned_data["words"],
            ),
        )
        if done.done:
            messages.success(request, _("Your question is with the supervisor, and the list with it."))
            return redirect("list_questions", code=request.municipality.code)
    context = {"asked": asked, "form": form, "list_url": _list_url(request, name, key, asked.chosen.query)}
    return render(request, "reports/questions/ask.html", context, status=422 if form.errors else 200)


@roles(Role.SUPERVISOR)
@require_POST
def answer_list_question(request: MunicipalRequest, pk: int) -> HttpResponse:
    question = own_row(ListQuestion, request, pk=pk)
    form = AnswerForm(request.POST, prefix=str(pk))
    if form.is_valid():
        words = form.cleaned_data["words"]
        done = save(
            request, form, lambda: verbs.answer(request.user, question, version=posted_version(request), words=words)
        )
        if done.done:
            messages.success(request, _("The answer is saved.") if words else _("The question is marked as read."))
            return redirect("list_questions", code=request.municipality.code)
        if done.changed_meanwhile:
            form.add_error(None, str(done.refusal))
    return _page(request, {pk: form}, status=422)


def _page(request: MunicipalRequest, forms: dict[int, AnswerForm] | None = None, status: int = 200) -> HttpResponse:
    page = Paginator(_seen(request), PAGE_SIZE).get_page(request.GET.get("sivu"))
    answers = request.access.all_units
    shown = [_shown(request, one, (forms or {}).get(one.pk), answers=answers) for one in page.object_list]
    context: dict[str, Any] = {"page": page, "shown": shown, "answers": answers}
    return render(request, "reports/questions/list.html", context, status=status)


def _seen(request: MunicipalRequest) -> QuerySet[ListQuestion]:
    found = ListQuestion.objects.filter(municipality=request.municipality).select_related("asked_by", "answered_by")
    if not request.access.all_units:
        found = found.filter(asked_by=request.user)
    return found.order_by("-answered_at", "-asked_at", "-pk")


def _shown(request: MunicipalRequest, question: ListQuestion, form: AnswerForm | None, *, answers: bool) -> Shown:
    if form is None and answers and question.answered_at is None:
        form = AnswerForm(prefix=str(question.pk))
    url = _list_url(request, question.name, question.key, question.query)
    return Shown(question, _heading(question), url, form)


def _heading(question: ListQuestion) -> str:
    """The name of the number; of one that the program does not have any more, only that."""
    try:
        listing = LISTINGS[question.name]
        return ": ".join(filter(None, [str(listing.title), listing.label(listing.keys.read(question.key))]))
    except (KeyError, UnknownKeyError):
        return _("a list that is not there any more")


def _list_url(request: MunicipalRequest, name: str, key: str, query: str) -> str:
    path = reverse("figure_rows", kwargs={"code": request.municipality.code, "name": name, "key": key})
    return f"{path}?{query}"

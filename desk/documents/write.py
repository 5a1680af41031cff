"""The writing page of a document: kept as it is written, finished when nothing is missing, never lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import does_not_prolong
from cases.access.reads import access, record
from cases.models.access_log import Looked
from core.asked_numbers import number
from core.day_field import DayField
from core.day_limits import Span
from core.saving import ChangedMeanwhile, NotPossible, Result, attempt, first_press
from desk.documents.addresses import is_note, of_client, of_document
from desk.documents.aside import for_finishing
from desk.documents.asking import Asked, Gap, Page, fields, fields_of, gaps, is_blank, rows_of, sections
from desk.documents.reading import read_document
from desk.documents.sent import text_of
from desk.matter.forms import day_input, textarea
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.documents.rules import can_take_over, can_write, open_version_of
from records.documents.told import document_name
from records.documents.verbs import LONGEST_REASON, Text, finish, save_text
from records.models import Document, OpenVersion
from records.out.text import lines

REVIEWED: Final = frozenset({"15001", "15020", "15021"})
"""Plans, which are looked at again on a day."""
FINISH, AS_IT_IS, MORE = "valmis", "valmis_silti", "lisaa:"


class FinishForm(forms.Form):
    """What is asked beside the structure: why a version is made, and when a plan is looked at again."""

    reason = forms.CharField(
        label=gettext_lazy("Why is the document corrected?"),
        widget=textarea(2),
        required=False,
        max_length=LONGEST_REASON,
    )
    review_on = DayField(
        label=gettext_lazy("The plan is reviewed on"), widget=day_input(), required=False, span=Span(back=1, ahead=5)
    )

    def __init__(self, data: Any, *, document: Document, open_version: OpenVersion) -> None:
        initial = {"reason": open_version.reason, "review_on": document.review_on}
        super().__init__(data, initial=initial, auto_id="finish_%s")
        if not document.is_finished:
            del self.fields["reason"]
        if document.number not in REVIEWED:
            del self.fields["review_on"]


@dataclass
class Writing:
    """One answer of the writing page. `mine` is what was sent and is not kept, `theirs` what is kept instead."""

    document: Document
    open_version: OpenVersion
    page: Page
    form: FinishForm
    tried: bool = False
    refusal: NotPossible | None = None

    @property
    def conflict(self) -> bool:
        return isinstance(self.refusal, ChangedMeanwhile)


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def client_document_write(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    found = access(Document, request, document, client=pk)
    if is_note(found):
        return redirect(of_document("client_document_write", request, found))
    open_version = open_version_of(found)
    if open_version is None:
        return _not_being_written(request, found)
    if request.method == "POST":
        return _sent(request, found, open_version)
    record(request, Looked.OPENED, [pk], "document")
    if can_write(request.user, found) is not None:
        return _of_a_colleague(request, found, open_version)
    page = Page(open_version.structure, open_version.content, open_version.aside)
    return _page(
        request, Writing(found, open_version, page, FinishForm(None, document=found, open_version=open_version))
    )


@does_not_prolong
@roles(*CASEWORK)
@require_POST
def client_document_save(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """What the page sends by itself: {"saves", "saved_at", "gaps", "wrong"}, or {"error", "conflict"} with 409."""
    found = access(Document, request, document, client=pk)
    open_version = open_version_of(found)
    if open_version is None or is_note(found):
        return JsonResponse({"error": _("The document is not being written any more."), "conflict": False}, status=409)
    text = text_of(request.POST, open_version)
    outcome = attempt(lambda: _keep(request, found, text))
    if outcome.refusal is not None:
        said = {"error": str(outcome.refusal), "conflict": outcome.changed_meanwhile}
        return JsonResponse(said, status=409)
    saved = outcome.value
    assert saved is not None  # noqa: S101 - it was done
    page = Page(saved.structure, saved.content, saved.aside)
    asked = sections(page)
    return JsonResponse(
        {
            "saves": saved.saves,
            "saved_at": saved.saved_at.isoformat(),
            "gaps": [{"id": gap.id, "words": gap.words} for gap in gaps(page, asked)],
            "wrong": {one.id: one.wrong for one in fields(asked) if one.wrong},
        }
    )


def _sent(request: MunicipalRequest, document: Document, open_version: OpenVersion) -> HttpResponse:
    """Saved by a person: a row more, the end of it, or only kept."""
    what = request.POST.get("tee", "")
    text = text_of(request.POST, open_version)
    more = frozenset({what.removeprefix(MORE)}) if what.startswith(MORE) else frozenset()
    page = Page(open_version.structure, text.content, text.aside, more)
    form = FinishForm(request.POST, document=document, open_version=open_version)
    ending = what in (FINISH, AS_IT_IS)
    writing = Writing(document, open_version, page, form, tried=ending)
    if ending and _is_ready(writing, as_it_is=what == AS_IT_IS):
        return _finish(request, writing, text)
    outcome: Result[OpenVersion] = attempt(lambda: _keep(request, document, text) if first_press(request) else None)
    writing.refusal = outcome.refusal
    # the text is kept also when a day beside it is not understood
    if writing.refusal is not None or more or ending or not form.is_valid():
        record(request, Looked.OPENED, [document.client_id], "document")
        return _page(request, _renewed(writing, outcome.value), status=200 if more else 422)
    messages.success(request, _("The text was saved."))
    return redirect(of_document("client_document_write", request, document))


def _is_ready(writing: Writing, *, as_it_is: bool) -> bool:
    """The first press leads to what is missing; what nobody is held to may be left so with the second."""
    left = gaps(writing.page, sections(writing.page))
    held = [gap for gap in left if gap.holds] if as_it_is else left
    return writing.form.is_valid() and not held and not is_blank(writing.page)


def _finish(request: MunicipalRequest, writing: Writing, text: Text) -> HttpResponse:
    document, form = writing.document, writing.form

    def act() -> None:
        if first_press(request):
            kept = save_text(request.user, document, Text(text.content, for_finishing(text.aside)), _saves(request))
            review_on = form.cleaned_data.get("review_on")
            finish(request.user, document, kept.saves, reason=form.cleaned_data.get("reason", ""), review_on=review_on)

    outcome: Result[None] = attempt(act)
    if outcome.refusal is None:
        messages.success(request, _("The document is finished and locked."))
        return redirect(of_document("client_document", request, document))
    writing.refusal = outcome.refusal
    if outcome.refusal.field == "reason":
        form.add_error("reason", str(outcome.refusal))
        kept = attempt(lambda: _keep(request, document, text))
        writing.refusal = kept.refusal
        writing = _renewed(writing, kept.value)
    record(request, Looked.OPENED, [document.client_id], "document")
    return _page(request, _renewed(writing, None), status=422)


def _keep(request: MunicipalRequest, document: Document, text: Text) -> OpenVersion:
    return save_text(request.user, document, text, _saves(request), reason=request.POST.get("reason", "").strip())


def _saves(request: MunicipalRequest) -> int:
    """The count that the page was made from; none that there is, when it is missing."""
    found = number(request.POST.get("saves", ""))
    return -1 if found is None else found


def _renewed(writing: Writing, kept: OpenVersion | None) -> Writing:
    """The page goes on from what is kept now: after a conflict from the text of the other page, seen beside its own."""
    now = kept or OpenVersion.objects.select_related("started_by").filter(document=writing.document).first()
    writing.open_version = now or writing.open_version
    return writing


def _page(request: MunicipalRequest, writing: Writing, status: int = 200) -> HttpResponse:
    document, page = writing.document, writing.page
    asked = sections(page)
    missing = gaps(page, asked)
    refused_to_me = writing.refusal is not None and not writing.conflict
    context = {
        "document": document,
        "client": document.client,
        "name": document_name(document.number),
        "open_version": writing.open_version,
        "page_address": of_document("client_document_write", request, document),
        "sections": asked,
        "gaps": missing,
        "may_finish": not any(gap.holds for gap in missing) and not is_blank(page),
        "blank": is_blank(page),
        "tried": writing.tried,
        "focus": _focus(writing, missing, asked),
        "reason_field": writing.form["reason"] if "reason" in writing.form.fields else None,
        "review_field": writing.form["review_on"] if "review_on" in writing.form.fields else None,
        "form": writing.form,
        "refusal": writing.refusal if refused_to_me else None,
        "theirs": theirs(writing) if writing.conflict else None,
        "locked": _locked(document),
        "back": of_client(request, document.client_id),
    }
    return render(request, "desk/documents/write.html", context, status=status)


def _focus(writing: Writing, missing: list[Gap], asked: list[Asked]) -> str:
    """Where the person goes on: what holds the end back, or the row that was added."""
    if writing.tried:
        return next((gap.id for gap in sorted(missing, key=lambda gap: not gap.holds)), "")
    rows = [row for name in writing.page.more for row in rows_of(asked, name)]
    return next((one.id for one in fields_of(rows[-1])), "") if rows else ""


def theirs(writing: Writing) -> list[tuple[str, str, str]]:
    """What differs between the text that is kept and the one that was sent: field, kept, sent."""
    language = "fi"
    kept = {line.name: line for line in lines(writing.open_version, language)}
    sent_version = OpenVersion(structure=writing.page.oid, content=writing.page.content, aside=dict(writing.page.aside))
    sent = {line.name: line for line in lines(sent_version, language)}
    found = []
    for name in [*kept, *(one for one in sent if one not in kept)]:
        was, now = kept.get(name), sent.get(name)
        if (was.value if was else "") != (now.value if now else ""):
            line = was or now
            assert line is not None  # noqa: S101 - it is in one of the two
            found.append((line.node.name, was.value if was else "", now.value if now else ""))
    return [(str(name), was_value, now_value) for name, was_value, now_value in found]


def _locked(document: Document) -> Mapping[str, Any] | None:
    """The version that is being corrected, as it stands."""
    if not document.is_finished:
        return None
    version = document.versions.filter(number=document.latest).first()
    return {"version": version, "sections": read_document(version)} if version else None


def _not_being_written(request: MunicipalRequest, document: Document) -> HttpResponse:
    messages.info(request, _("The document is not being written any more."))
    return redirect(of_document("client_document", request, document))


def _of_a_colleague(request: MunicipalRequest, document: Document, open_version: OpenVersion) -> HttpResponse:
    """Who writes it, and the text as it stands."""
    context = {
        "document": document,
        "client": document.client,
        "name": document_name(document.number),
        "open_version": open_version,
        "page_address": of_document("client_document_write", request, document),
        "sections": read_document(open_version),
        "cannot": can_take_over(request.user, document),
        "back": of_client(request, document.client_id),
    }
    return render(request, "desk/documents/of_a_colleague.html", context)

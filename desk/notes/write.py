"""The writing page of a note: kept as it is written, what follows shown before it is done, then done at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.middleware import does_not_prolong
from cases.access.reads import access, record
from cases.models import Matter
from cases.models.access_log import Looked
from core.asked_numbers import number
from core.saving import ChangedMeanwhile, NotPossible, attempt, first_press
from desk.documents.addresses import is_note
from desk.notes.addresses import of_note, of_notes
from desk.notes.around import Around
from desk.notes.asking import Page, follows, id_of, time_of, wrong_of
from desk.notes.sent import AWAY, Sent, sent_entry
from desk.notes.sources import at_hand
from desk.notes.words import differences, is_blank, kind_words, parts_of
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from records.documents.rules import can_take_over, can_write, open_version_of
from records.documents.told import document_name
from records.models import Document, OpenVersion, Version
from records.notes.entry import Entry, from_json
from records.notes.verbs import UNREAD, about, finish_note, save_note

FINISH, MORE = "valmis", "lisaa"
FIELDS: Final = {"reason": "reason", "matter": "matter"}


@dataclass
class Writing:
    """One answer of the page. `wrong`: the words beside each field."""

    document: Document
    open_version: OpenVersion
    entry: Entry
    unread: Mapping[str, str]
    around: Around
    matter: int | None
    reason: str = ""
    wrong: dict[str, str] = field(default_factory=dict)
    refusal: NotPossible | None = None
    tried: bool = False

    @property
    def correcting(self) -> bool:
        return self.document.is_finished


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def client_note_write(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    found = note_of(request, pk, document)
    open_version = open_version_of(found)
    if open_version is None:
        messages.info(request, _("The note is finished already."))
        return redirect(of_note("client_note", request, found))
    if request.method == "POST":
        return _sent(request, found, open_version)
    record(request, Looked.OPENED, [pk], "note")
    if can_write(request.user, found) is not None:
        return _of_a_colleague(request, found, open_version)
    entry, unread = from_json(open_version.aside), open_version.aside.get(UNREAD, {})
    around = Around(request, found.client)
    return _page(
        request,
        Writing(found, open_version, entry, unread, around, found.matter_id, open_version.reason, wrong_of(unread)),
    )


@does_not_prolong
@roles(*CASEWORK)
@require_POST
def client_note_save(request: MunicipalRequest, pk: int, document: int) -> HttpResponse:
    """What the page sends by itself: {"saves", "saved_at", "wrong", "follows"}, or {"error", "conflict"} with 409."""
    found = note_of(request, pk, document)
    open_version = open_version_of(found)
    if open_version is None:
        return JsonResponse({"error": _("The note is finished already."), "conflict": False}, status=409)
    around = Around(request, found.client)
    sent = _read(request, found, open_version, around)
    outcome = attempt(lambda: _keep(request, found, sent, around))
    if outcome.refusal is not None:
        said = {"error": str(outcome.refusal), "conflict": outcome.changed_meanwhile}
        return JsonResponse(said, status=409)
    saved = outcome.value
    assert saved is not None  # noqa: S101 - it was done
    told = follows(sent.entry, around.situation(sent.entry, found.matter)) if not found.is_finished else None
    wrong = wrong_of(sent.unread)
    return JsonResponse(
        {
            "saves": saved.saves,
            "saved_at": saved.saved_at.isoformat(),
            "wrong": {id_of(name): words for name, words in wrong.items()},
            "follows": told.lines if told else [],
            "problem": told.problem if told else "",
            "time": time_of(sent.entry, sent.unread),
        }
    )


def note_of(request: MunicipalRequest, pk: int, document: int) -> Document:
    found = access(Document, request, document, client=pk)
    if not is_note(found):
        raise Http404(_("There is no such document."))
    return found


def _read(request: MunicipalRequest, document: Document, open_version: OpenVersion, around: Around) -> Sent:
    before = from_json(open_version.aside)
    sent = sent_entry(request.POST, before, correcting=document.is_finished)
    return sent if sent.unread else replace(sent, entry=at_hand(sent.entry, before, around))


def _sent(request: MunicipalRequest, document: Document, open_version: OpenVersion) -> HttpResponse:
    """Saved by a person: a row more or less, the end of it, or only kept."""
    around = Around(request, document.client)
    sent, what = _read(request, document, open_version, around), request.POST.get("tee", "")
    reason = request.POST.get("reason", "").strip()
    writing = Writing(
        document, open_version, sent.entry, sent.unread, around, sent.matter, reason, wrong_of(sent.unread)
    )
    if what == FINISH:
        return _finish(request, writing, sent)
    outcome = attempt(lambda: _keep(request, document, sent, around) if first_press(request) else None)
    if outcome.refusal is not None:
        return _refused(request, writing, outcome.refusal)
    if what == MORE or what.startswith(AWAY):
        writing.open_version = outcome.value or open_version
        record(request, Looked.OPENED, [document.client_id], "note")
        return _page(request, writing)
    messages.success(request, _("The text was saved."))
    return redirect(of_note("client_note_write", request, document))


def _finish(request: MunicipalRequest, writing: Writing, sent: Sent) -> HttpResponse:
    """All or nothing; what is refused is kept all the same, as a draft."""
    document, writing.tried = writing.document, True

    def act() -> Version | None:
        if not first_press(request):
            return None
        kept = _keep(request, document, sent, writing.around)
        here = writing.around.situation(sent.entry, document.matter)
        return finish_note(request.user, document, kept.saves, here, reason=writing.reason)

    outcome = attempt(act)
    if outcome.refusal is None:
        messages.success(request, _("The note is finished and locked."))
        return redirect(of_note("client_note", request, document))
    if not outcome.changed_meanwhile:
        document.refresh_from_db()
        kept = attempt(lambda: _keep(request, document, sent, writing.around))
        writing.open_version = kept.value or writing.open_version
    return _refused(request, writing, outcome.refusal)


def _refused(request: MunicipalRequest, writing: Writing, refusal: NotPossible) -> HttpResponse:
    name = refusal.field or ""
    writing.refusal = refusal
    if name:
        writing.wrong = {name: str(refusal)} | writing.wrong
    if isinstance(refusal, ChangedMeanwhile):
        now = OpenVersion.objects.select_related("started_by").filter(document=writing.document).first()
        writing.open_version = now or writing.open_version
    record(request, Looked.OPENED, [writing.document.client_id], "note")
    return _page(request, writing, 422)


def _keep(request: MunicipalRequest, document: Document, sent: Sent, around: Around) -> OpenVersion:
    found = number(request.POST.get("saves", ""))
    saved = save_note(
        request.user,
        document,
        sent.entry,
        -1 if found is None else found,
        around.names,
        unread=sent.unread,
        reason=request.POST.get("reason", "").strip(),
    )
    if not document.is_finished:
        about(document, _matter(document, sent.matter, around))
    return saved


def _matter(document: Document, pk: int | None, around: Around) -> Matter | None:
    """One of the open ones, or the one that the note was begun about."""
    if pk is not None and pk == document.matter_id:
        return document.matter
    return next((one for one in around.matters if one.pk == pk), None)


def _page(request: MunicipalRequest, writing: Writing, status: int = 200) -> HttpResponse:
    document, entry, around = writing.document, writing.entry, writing.around
    conflict = isinstance(writing.refusal, ChangedMeanwhile)
    page = Page(entry, writing.unread, around, writing.correcting, writing.wrong, writing.matter)
    locked = document.versions.filter(number=document.latest).first() if writing.correcting else None
    told = None if writing.correcting else follows(entry, around.situation(entry, document.matter))
    errors = [{"id": id_of(name), "words": words} for name, words in writing.wrong.items()]
    context = {
        **page.context(),
        "document": document,
        "client": document.client,
        "kind": kind_words(entry),
        "open_version": writing.open_version,
        "page_address": of_note("client_note_write", request, document),
        "follows": told,
        "tried": writing.tried,
        "errors": errors if writing.tried or writing.refusal else [],
        "focus": "" if writing.tried or writing.refusal else "n-text",
        "refusal": writing.refusal if writing.refusal and not conflict and not writing.refusal.field else None,
        "theirs": differences(writing.open_version, entry) if conflict else None,
        "locked": {"version": locked, "parts": parts_of(locked)} if locked else None,
        "reason": writing.reason,
        "back": of_notes(request, document.client_id),
    }
    return render(request, "desk/notes/write.html", context, status=status)


def _of_a_colleague(request: MunicipalRequest, document: Document, open_version: OpenVersion) -> HttpResponse:
    """Who writes it, and the text as it stands."""
    context = {
        "document": document,
        "client": document.client,
        "name": document_name(document.number),
        "open_version": open_version,
        "page_address": of_note("client_note_write", request, document),
        "parts": parts_of(open_version),
        "blank": is_blank(open_version),
        "cannot": can_take_over(request.user, document),
        "back": of_notes(request, document.client_id),
    }
    return render(request, "desk/notes/of_a_colleague.html", context)

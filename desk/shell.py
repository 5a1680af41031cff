"""What is done to a matter: each is a POST, and answers with the page one was on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from cases.access.reads import access_matter, record
from cases.access.rights import may_reveal_details
from cases.contacts.verbs import record_contact
from cases.matters import life as matters
from cases.models import Matter
from cases.models.access_log import Looked
from core import drafts
from core.dates import moment
from core.saving import ChangedMeanwhile, NotPossible, first_press
from desk.matter.addresses import HEADING, came_from_today, queue_address
from desk.matter.deeds import deed, situation
from desk.matter.forms import MatterForm
from desk.queue.buttons import draft_object, new_form
from desk.queue.pages import queue_page
from desk.today.pages import today_page
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


@roles(*CASEWORK)
@require_POST
def matter_take(request: MunicipalRequest, pk: int) -> HttpResponse:
    return at_once(request, pk, matters.take, _("The matter is now yours."))


@roles(*CASEWORK)
@require_POST
def matter_undo_take(request: MunicipalRequest, pk: int) -> HttpResponse:
    return at_once(request, pk, matters.undo_take, _("The matter is back where it was."))


@roles(*CASEWORK)
@require_POST
def matter_resume(request: MunicipalRequest, pk: int) -> HttpResponse:
    return at_once(request, pk, matters.resume, _("The matter goes on."))


@roles(*CASEWORK)
@require_POST
def matter_acknowledge(request: MunicipalRequest, pk: int) -> HttpResponse:
    return at_once(request, pk, matters.acknowledge_change, _("The matter stays closed."))


@roles(*CASEWORK)
@require_POST
def matter_seen(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Sent by the page when it opens: a page that is only read writes nothing."""
    matters.mark_seen(request.user, access_matter(request, pk))
    return HttpResponse(status=204)


@roles(*CASEWORK)
@require_POST
def matter_reveal(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Show what turvakielto hides, in this answer only."""
    matter = access_matter(request, pk)
    if not may_reveal_details(request.access, request.user, matter.client):
        raise PermissionDenied(_("Only the own worker, who has the matter, or the supervisor may show these."))
    record(request, Looked.REVEALED, [matter.client_id], "contact_details")
    return queue_page(request, matter, revealed=True)


@roles(*CASEWORK)
@require_POST
def matter_contact(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        record_contact(
            request.user,
            matter.client,
            matter=matter,
            channel=values["channel"],
            outcome=values["outcome"],
            at=values["at"],
            text=values["text"],
            client_words=values["client_words"],
        )

    return by_form(request, pk, "contact", act, _("The contact was saved."))


@roles(*CASEWORK)
@require_POST
def matter_wait(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        version = values["version"]
        matters.set_waiting(request.user, matter, values["state"], values["until"], values["reason"], version=version)

    return by_form(request, pk, "wait", act, _("The matter waits."))


@roles(*CASEWORK)
@require_POST
def matter_close(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        matters.close(request.user, matter, values["outcome"], values["reason"], version=values["version"])

    return by_form(request, pk, "close", act, _("The matter was closed."))


@roles(*CASEWORK)
@require_POST
def matter_reopen(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        matters.reopen(request.user, matter, values["reason"], version=values["version"])

    return by_form(request, pk, "reopen", act, _("The matter is open again."))


@roles(*CASEWORK)
@require_POST
def matter_hand_over(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        verb = matters.assign if request.access.all_units else matters.hand_over
        verb(request.user, matter, values["to"], values["note"], version=values["version"])

    return by_form(request, pk, "hand_over", act, _("The matter was handed over."))


def at_once(request: MunicipalRequest, pk: int, verb: Callable[[User, Matter], None], done: str) -> HttpResponse:
    """An action without a form: refused or not, one sees the matter as it is now."""
    matter = access_matter(request, pk)
    try:
        with transaction.atomic():
            verb(request.user, matter)
        messages.success(request, done)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return back(request, matter)


def by_form(
    request: MunicipalRequest,
    pk: int,
    action: str,
    act: Callable[[Matter, dict[str, Any]], None],
    done: str,
) -> HttpResponseBase:
    """An action with a form: what is refused comes back in the form, beside the matter as it is now."""
    matter = access_matter(request, pk)
    form = new_form(request, matter, action, request.POST)
    if form.is_valid() and carry_out(request, form, matter, action, act):
        messages.success(request, done)
        return back(request, matter)
    matter = access_matter(request, pk)
    form.matter = matter
    if came_from_today(request) and action == "contact":
        return today_page(request, logging=matter, form=form)
    return queue_page(request, matter, deed=deed(action).word, form=form)


def carry_out(
    request: MunicipalRequest,
    form: MatterForm,
    matter: Matter,
    action: str,
    act: Callable[[Matter, dict[str, Any]], None],
) -> bool:
    """Whether it was done, now or by the first press of a double click."""
    try:
        with transaction.atomic():
            if first_press(request):
                act(matter, form.cleaned_data)
                drafts.drop(request.user.pk, request.municipality.pk, action, draft_object(matter))
    except NotPossible as refusal:
        now = Matter.objects.select_related("client", "closed_by").get(pk=matter.pk)
        if not now.is_open and deed(action).place(situation(request, now)) is None:
            # whatever was refused, saving again would not help
            form.add_error(None, closed_words(now))
        else:
            field = "time" if refusal.field == "at" else refusal.field
            form.add_error(field if field in form.fields else None, str(refusal))
        if isinstance(refusal, ChangedMeanwhile):
            form.matter = now
            form.renew_version()
        return False
    return True


def closed_words(matter: Matter) -> str:
    """By whom, when and how; another municipality's people have no name here."""
    words = {
        "when": moment(matter.closed_at) if matter.closed_at else "",
        "outcome": matter.get_outcome_display(),
        "name": matter.closed_by.name if matter.closed_by else "",
    }
    if matter.closed_by:
        return _("%(name)s closed the matter %(when)s: %(outcome)s. Nothing was saved, your text is below.") % words
    return _("The matter was closed %(when)s: %(outcome)s. Nothing was saved, your text is below.") % words


def back(request: MunicipalRequest, matter: Matter) -> HttpResponse:
    """To the page one was on, in the queue to the heading of the matter; one given away may be out of sight."""
    if came_from_today(request):
        return redirect("today", code=request.municipality.code)
    visible = Matter.objects.visible_to(request.user, request.municipality).filter(pk=matter.pk).exists()
    if not visible:
        return redirect(queue_address(request, avoin=None, teko=None))
    return redirect(queue_address(request, avoin=matter.pk, teko=None) + HEADING)

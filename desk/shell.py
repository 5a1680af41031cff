"""What is done to a matter: one view for all deeds, each a POST that answers with the page one was on."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.access.reads import access, record
from cases.access.rights import may_reveal_details
from cases.matters import life
from cases.matters.file import MatterFile
from cases.models import Matter
from cases.models.access_log import Looked
from core.dates import moment
from core.saving import ChangedMeanwhile, NotPossible, attempt, once, tell
from desk.matter.addresses import HEADING, came_from_today, queue_address
from desk.matter.deeds import Deed, deed, new_form, situation
from desk.matter.forms import MatterForm
from desk.matter.words import returns_words
from desk.oversight.explaining import asks_when_many, first_whose
from desk.queue.pages import queue_page
from desk.today.pages import today_page
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


@roles(*CASEWORK)
@require_POST
def do(request: MunicipalRequest, pk: int, name: str) -> HttpResponseBase:
    one = deed(name)
    matter = access(Matter, request, pk)
    return by_form(request, matter, one) if one.form else at_once(request, matter, one)


@roles(*CASEWORK)
@require_POST
def preview(request: MunicipalRequest, pk: int) -> HttpResponse:
    """What the form of a deed would make, without doing it."""
    try:
        one = deed(request.POST.get("kirje", "letter"))
    except KeyError:
        raise BadRequest from None
    if one.preview is None:
        raise BadRequest
    matter = access(Matter, request, pk)
    form = new_form(request, matter, one.name, request.POST)
    if not form.is_valid():
        return queue_page(request, matter, deed=one.word, form=form)
    return one.preview(request, matter, form)


@roles(*CASEWORK)
@require_POST
def matter_seen(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Sent by the page when it opens: a page that is only read writes nothing."""
    life.mark_seen(request.user, access(Matter, request, pk))
    return HttpResponse(status=204)


@roles(*CASEWORK)
@require_POST
@asks_when_many
def matter_reveal(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Show what turvakielto hides, in this answer only."""
    matter = access(Matter, request, pk)
    if not may_reveal_details(request.user, matter.client):
        raise PermissionDenied(_("Only the own worker, who has the matter, or the supervisor may show these."))
    if why := first_whose(request, [matter.client]):
        return why
    record(request, Looked.REVEALED, [matter.client_id], "contact_details")
    return queue_page(request, matter, revealed=True)


def at_once(request: MunicipalRequest, matter: Matter, one: Deed) -> HttpResponse:
    """A deed without a form: refused or not, one sees the matter as it is now."""
    if refusal := attempt(lambda: one.act(request, matter, {})).refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done_words(one, matter))
    return back(request, matter)


def by_form(request: MunicipalRequest, matter: Matter, one: Deed) -> HttpResponse:
    """A deed with a form: what is refused comes back in the form, beside the matter as it is now."""
    form = new_form(request, matter, one.name, request.POST)
    if form.is_valid() and carry_out(request, form, matter, one):
        messages.success(request, done_words(one, matter))
        return back(request, matter)
    matter = access(Matter, request, matter.pk)
    form.matter = matter
    say_when_over(request, form, one)
    if came_from_today(request) and one.name == "contact":
        return today_page(request, logging=matter, form=form)
    return queue_page(request, matter, deed=one.word, form=form)


def done_words(one: Deed, matter: Matter) -> str:
    """With the day on which the matter comes back by default, where that was set."""
    return " ".join(filter(None, [str(one.done), returns_words(matter)]))


def carry_out(request: MunicipalRequest, form: MatterForm, matter: Matter, one: Deed) -> bool:
    """Whether it was done, now or by the first press of a double click."""
    draft = one.drafts.draft(request, matter.pk)
    refusal = attempt(lambda: once(request, lambda: one.act(request, matter, form.cleaned_data), draft)).refusal
    if refusal is None:
        return True
    now = Matter.objects.select_related("client", "closed_by").get(pk=matter.pk)
    if not now.is_open and not one.is_possible(situation(request, MatterFile(now))):
        # whatever was refused, saving again would not help
        refusal = NotPossible(closed_words(now))
    elif isinstance(refusal, ChangedMeanwhile):
        form.matter = now
        form.renew_version()
    tell(form, refusal, one.fields)
    return False


def say_when_over(request: MunicipalRequest, form: MatterForm, one: Deed) -> None:
    """What has become impossible is not sent again: the text is there to be copied, and the words tell why."""
    matter = form.matter
    reason = one.rule(request.user, MatterFile(matter))
    if reason is None:
        return
    form.over = True
    if not form.non_field_errors():
        form.add_error(None, str(reason) if matter.is_open else closed_words(matter))


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

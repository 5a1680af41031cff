"""What waits for a second person, and the yes or no to it; for admins, supervisors and the installation admin."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.confirmed import confirmed_again
from accounts.models import User
from core.saving import attempt, save
from municipalities.models import RightRequest
from municipalities.place import Place
from municipalities.rights import sending
from municipalities.rights.confirmers import why_not_confirm
from municipalities.rights.forms import DecisionForm
from municipalities.rights.verbs import Outcome, confirm, refuse, withdraw
from municipalities.rights.words import effect_words, ended_words, request_words, standing

LETTERS = {RightRequest.State.PERSON: "role_offered"}
ENDED_SHOWN = 20


def right_requests(request: HttpRequest, place: Place) -> HttpResponse:
    found = RightRequest.objects.filter(municipality=place.municipality).select_related(
        "municipality", "person", "unit", "membership__unit", "asked_by", "decided_by"
    )
    context = {
        "place": place,
        "tabs": place.tabs("right_requests"),
        "for_second": [shown(one, place) for one in found.waiting_for_second()],
        "for_person": [shown(one, place) for one in found.waiting_for_person()],
        "ended": [shown(one, place) for one in found.ended()[:ENDED_SHOWN]],
        "link": sending.shown_in_the_demo(request),
    }
    return render(request, "municipalities/right_requests.html", context)


def shown(wanted: RightRequest, place: Place) -> dict[str, object]:
    waiting = wanted.state == RightRequest.State.SECOND
    return {
        "wanted": wanted,
        "words": request_words(wanted),
        "refusal": why_not_confirm(place.actor, wanted) if waiting else "",
        "ended": ended_words(wanted),
        "own": wanted.asked_by_id == place.actor.pk,
    }


@confirmed_again()
def confirm_right(request: HttpRequest, place: Place, wanted: int) -> HttpResponse:
    return decide(request, place, wanted, confirm, _("Confirm this request?"), _("Confirm"), effect_words)


@confirmed_again()
def refuse_right(request: HttpRequest, place: Place, wanted: int) -> HttpResponse:
    return decide(request, place, wanted, refuse, _("Refuse this request?"), _("Refuse"))


def decide(
    request: HttpRequest,
    place: Place,
    pk: int,
    act: Callable[[User, RightRequest, str], Outcome | None],
    question: str,
    verb: str,
    effect: Callable[[RightRequest], str] | None = None,
) -> HttpResponse:
    """Show what is asked, by whom and why, and what a yes does; then the decision with what it goes by."""
    found = right(place, pk)
    back = place.url("right_requests")
    if reason := why_not_confirm(place.actor, found):
        messages.error(request, reason)
        return redirect(back)
    form = DecisionForm(request.POST or None)

    if request.method == "POST" and form.is_valid():
        result = save(request, form, lambda: act(place.actor, found, form.cleaned_data["decision"]))
        if result.done:
            tell_and_send(request, result.value)
            return redirect(back)
    context = {
        "question": question,
        "verb": verb,
        "wanted": found,
        "words": request_words(found),
        "effect": effect(found) if effect else "",
        "form": form,
        "cancel_url": back,
    }
    return render(request, "municipalities/decide_right.html", context)


def tell_and_send(request: HttpRequest, outcome: Outcome | None) -> None:
    """Say where a right stands, and send the link that goes with it. None: refused, or a second press."""
    if outcome is None:
        messages.success(request, _("Your answer was saved."))
        return
    messages.success(request, standing(outcome))
    if outcome.token:
        letter = LETTERS.get(outcome.state, "invitation")
        sending.send(request, outcome.wanted.person, outcome.token, letter)


@require_POST
def withdraw_right(request: HttpRequest, place: Place, wanted: int) -> HttpResponse:
    found = right(place, wanted)
    if refusal := attempt(lambda: withdraw(place.actor, found)).refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The request was withdrawn."))
    return redirect(place.url("right_requests"))


def right(place: Place, pk: int) -> RightRequest:
    rows = RightRequest.objects.select_related("municipality", "person", "unit", "membership__unit", "asked_by")
    return get_object_or_404(rows, pk=pk, municipality=place.municipality)

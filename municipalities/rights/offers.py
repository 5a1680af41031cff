"""A role that waits for the person's own yes: the page that signing in leads to."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import session_clock
from accounts.confirmed import confirmed_again
from accounts.links.proof import opened_at, reads_address
from accounts.own_account import the_user
from core.saving import attempt
from municipalities.access import forget_memberships
from municipalities.models import RightRequest
from municipalities.rights.verbs import accept, decline
from municipalities.rights.words import accepted_words, role_words

LATER = "offers_later"


@dataclass(frozen=True, slots=True)
class Offer:
    wanted: RightRequest
    words: str
    refusal: str
    """Why it cannot be accepted in this session; "" when it can."""


def offers_of(request: HttpRequest) -> list[RightRequest]:
    found = RightRequest.objects.waiting_for_person().filter(person=the_user(request))
    return list(found.select_related("municipality", "unit", "asked_by", "person"))


def role_offers(request: HttpRequest) -> HttpResponse:
    offers = [Offer(one, role_words(one), why_not_now(request, one)) for one in offers_of(request)]
    return render(request, "municipalities/role_offers.html", {"offers": offers})


def why_not_now(request: HttpRequest, wanted: RightRequest) -> str:
    """Somebody who only has the account, or only a session of it, must not be able to take a role in its name."""
    offered = wanted.offered_at or wanted.asked_at
    if not reads_address(request, wanted.person, offered):
        return _(
            "First open the link that was sent to your e-mail address when the role was offered. If it is not there, "
            "ask the one who offers the role to withdraw it and offer it anew."
        )
    if int(request.session.get(session_clock.STARTED, 0)) < int(offered.timestamp()):
        return _(
            "You have been signed in since before the role was offered. Sign out, open the link of the e-mail again, "
            "and sign in."
        )
    return ""


@confirmed_again(back="role_offers")
@require_POST
def accept_role(request: HttpRequest, wanted: int) -> HttpResponse:
    found = own(request, wanted)
    if reason := why_not_now(request, found):
        messages.error(request, reason)
        return redirect("role_offers")
    return answered(request, attempt(lambda: accept(the_user(request), found)).refusal, accepted_words(found))


@require_POST
def decline_role(request: HttpRequest, wanted: int) -> HttpResponse:
    found = own(request, wanted)
    return answered(request, attempt(lambda: decline(the_user(request), found)).refusal, _("The role was refused."))


def comes_first(request: HttpRequest) -> bool:
    """Whether home leads to what is offered: not once one has put it off, unless a link is opened since."""
    later = float(request.session.get(LATER, 0))
    return bool(offers_of(request)) and (not later or opened_at(request) > later)


@require_POST
def answer_later(request: HttpRequest) -> HttpResponse:
    """Go on to the work; the offer comes again at the next sign-in."""
    request.session[LATER] = timezone.now().timestamp()
    return redirect("home")


def answered(request: HttpRequest, refusal: object, words: str) -> HttpResponse:
    if refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    forget_memberships(the_user(request))
    return redirect("role_offers" if offers_of(request) else "home")


def own(request: HttpRequest, pk: int) -> RightRequest:
    """One's own that still waits."""
    waiting = RightRequest.objects.waiting_for_person().select_related("municipality", "unit", "asked_by", "person")
    return get_object_or_404(waiting, pk=pk, person=the_user(request))

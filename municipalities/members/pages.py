"""One person of a municipality: roles, account, and what admins have done to them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.confirmed import ask as ask_again
from accounts.confirmed import confirmed_again, is_confirmed
from accounts.models import User
from accounts.people import has_second_factor
from core.saving import attempt, save
from municipalities.admin_log import actions_on
from municipalities.members import verbs as service
from municipalities.members.action_words import action_words
from municipalities.members.forms import EndRoleForm, InviteForm, RoleForm, RoleUnitForm
from municipalities.models import Membership, Municipality, RightRequest
from municipalities.place import Place
from municipalities.rights import sending
from municipalities.rights.forms import ReasonForm
from municipalities.rights.pages import tell_and_send
from municipalities.rights.rules import why_not_account
from municipalities.rights.verbs import Outcome
from municipalities.rights.words import request_words


def member(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    person = place.person(pk)
    roles = list(
        Membership.objects.filter(user=person, municipality=place.municipality)
        .select_related("unit")
        .order_by("-starts", "-pk")
    )
    context = {
        "person": person,
        "is_own": person.pk == place.actor.pk,
        "current_roles": [(r, not service.is_last_own_admin(place.actor, r)) for r in roles if not r.is_over],
        "ended_roles": [r for r in roles if r.is_over],
        "waiting": [request_words(one) for one in waiting_for(person, place.municipality)],
        "refusal": why_not_account(place.actor, place.municipality, person),
        "has_second_factor": has_second_factor(person),
        "actions": [(action, action_words(action)) for action in actions_on(person, place.municipality)],
        "link": sending.shown_in_the_demo(request),
    }
    return show(request, place, "member", context)


def waiting_for(person: User, municipality: Municipality) -> list[RightRequest]:
    """What was asked for this person here and is not in force yet."""
    rows = RightRequest.objects.filter(person=person, municipality=municipality)
    rows = rows.select_related("unit", "membership__unit")
    return [*rows.waiting_for_second(), *rows.waiting_for_person()]


@confirmed_again()
def invite_member(request: HttpRequest, place: Place) -> HttpResponse:
    form = InviteForm(place.municipality, place.roles_to_give(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = save(request, form, lambda: service.invite(place.actor, place.municipality, **form.cleaned_data))
        if result.done:
            return told(request, place, result.value, _("The role was given."))
    return show(request, place, "invite", {"form": form})


@confirmed_again()
def give_role(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    person = place.person(pk)
    form = RoleForm(place.municipality, place.roles_to_give(), request.POST or None)

    if request.method == "POST" and form.is_valid():
        result = save(
            request,
            form,
            lambda: service.give_role(place.actor, place.municipality, person, **form.cleaned_data),
        )
        if result.done:
            return told(request, place, result.value, _("The role was given."))
    return show(request, place, "give_role", {"form": form, "person": person})


def end_role(request: HttpRequest, place: Place, pk: int, role: int) -> HttpResponseBase:
    """Ending is done at once; a later last day is asked for, by whoever has confirmed who it is."""
    membership = place.membership(place.person(pk), role)
    form = EndRoleForm(request.POST or None)

    def end() -> Outcome | None:
        return service.end_role(place.actor, membership, form.cleaned_data["last_day"], form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid():
        if service.is_longer(membership, form.cleaned_data["last_day"]) and not is_confirmed(request):
            return ask_again(request, request.get_full_path())
        result = save(request, form, end)
        if result.done:
            return told(request, place, result.value, _("The end of the role was saved."), membership.user)
    return show(request, place, "end_role", {"form": form, "membership": membership, "person": membership.user})


@confirmed_again()
def change_role_unit(request: HttpRequest, place: Place, pk: int, role: int) -> HttpResponse:
    membership = place.membership(place.person(pk), role)
    form = RoleUnitForm(place.municipality, membership.unit, request.POST or None)

    def change() -> Outcome:
        return service.change_unit(place.actor, membership, form.cleaned_data["unit"], form.cleaned_data["reason"])

    if request.method == "POST" and form.is_valid():
        result = save(request, form, change)
        if result.done:
            return told(request, place, result.value, _("The unit was changed."))
    return show(request, place, "role_unit", {"form": form, "membership": membership, "person": membership.user})


def told(
    request: HttpRequest, place: Place, outcome: Outcome | None, done: str, person: User | None = None
) -> HttpResponse:
    """Where the right stands, and back to the person, or to what waits. No outcome: it needed nobody else's word."""
    if outcome is None:
        messages.success(request, done)
        return redirect(place.url("member", pk=person.pk) if person else place.list_url)
    tell_and_send(request, outcome)
    if outcome.state == RightRequest.State.DONE:
        return redirect(place.url("member", pk=outcome.wanted.person_id))
    return redirect(place.url("right_requests"))


@confirmed_again()
def new_member_link(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    person = place.person(pk)

    def make(actor: User, municipality: Municipality, person: User) -> None:
        sending.send(request, person, service.new_link(actor, municipality, person))

    return confirmed(
        request,
        place,
        person,
        make,
        question=_("Send a link?"),
        explanation=_(
            "A link for choosing a password goes to the address of %(name)s. It works once, for 7 days, and is shown "
            "to nobody else."
        ),
        verb=_("Send the link"),
        done="",
    )


def deactivate_member(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    return confirmed(
        request,
        place,
        place.person(pk),
        service.deactivate,
        question=_("Take the account out of use?"),
        explanation=_(
            "%(name)s is signed out at once and cannot sign in any more. What the person has written stays. "
            "The account can be taken into use again."
        ),
        verb=_("Take out of use"),
        done=_("The account is out of use."),
    )


@confirmed_again()
def reactivate_member(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    return reasoned(
        request,
        place,
        place.person(pk),
        service.reactivate,
        question=_("Take the account into use again?"),
        explanation=_(
            "%(name)s can sign in again, with the roles that are in force. Where there are roles that open casework, "
            "a second person confirms it first."
        ),
        verb=_("Take into use again"),
        done=_("The account is in use again."),
    )


@confirmed_again()
def reset_member_second_factor(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    return reasoned(
        request,
        place,
        place.person(pk),
        service.reset_second_factor,
        question=_("Reset the two-step sign-in?"),
        explanation=_(
            "When a second person has confirmed it, the authenticator app and the recovery codes of %(name)s stop "
            "working, and the person is signed out. This cannot be undone. Make sure first that it is really this "
            "person who asks: meet, or call a number you know."
        ),
        verb=_("Ask for the reset"),
        done=_("The two-step sign-in was reset. The person takes an app into use at the next sign-in."),
    )


def reasoned(
    request: HttpRequest,
    place: Place,
    person: User,
    act: Callable[[User, Municipality, User, str], Outcome],
    *,
    done: str,
    **words: str,
) -> HttpResponse:
    """Ask first, with the reason that the second person decides by."""
    back = place.url("member", pk=person.pk)
    if reason := why_not_account(place.actor, place.municipality, person):
        messages.error(request, reason)
        return redirect(back)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        result = save(request, form, lambda: act(place.actor, place.municipality, person, form.cleaned_data["reason"]))
        if result.done:
            return told(request, place, result.value, done, person)
    words["explanation"] %= {"name": person.name}
    return render(request, "confirm.html", {"cancel_url": back, "form": form} | words)


def confirmed(
    request: HttpRequest,
    place: Place,
    person: User,
    act: Callable[[User, Municipality, User], None],
    *,
    done: str,
    **words: str,
) -> HttpResponse:
    """Ask first, then do."""
    back = place.url("member", pk=person.pk)
    if reason := why_not_account(place.actor, place.municipality, person):
        messages.error(request, reason)
        return redirect(back)
    if request.method == "POST":
        if refusal := attempt(lambda: act(place.actor, place.municipality, person)).refusal:
            messages.error(request, str(refusal))
        elif done:
            messages.success(request, done)
        return redirect(back)
    # the name is in the text, not in the question: that is the title of the page
    words["explanation"] %= {"name": person.name}
    return render(request, "confirm.html", {"cancel_url": back, "form": None} | words)


def show(request: HttpRequest, place: Place, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"municipalities/{name}.html", {"place": place, "tabs": place.tabs()} | context)

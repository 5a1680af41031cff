"""One person of a municipality: roles, account, and what admins have done to them."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import mail
from accounts.models import User
from accounts.people import has_second_factor
from core.saving import attempt, save
from municipalities.admin_log import actions_on
from municipalities.members import verbs as service
from municipalities.members.action_words import action_words
from municipalities.members.forms import EndRoleForm, InviteForm, RoleForm, RoleUnitForm
from municipalities.models import Membership, Municipality
from municipalities.place import Place

T = TypeVar("T")
LINK = "link_to_hand_over"


def member(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    person = place.person(pk)
    roles = list(
        Membership.objects.filter(user=person, municipality=place.municipality)
        .select_related("unit")
        .order_by("-starts", "-pk")
    )
    context = {
        "person": person,
        "current_roles": [r for r in roles if not is_over(r)],
        "ended_roles": [r for r in roles if is_over(r)],
        "refusal": service.why_not_account(place.actor, place.municipality, person),
        "has_second_factor": has_second_factor(person),
        "actions": [(action, action_words(action)) for action in actions_on(person, place.municipality)],
        "link": taken_from_session(request, person),
    }
    return show(request, place, "member", context)


def invite_member(request: HttpRequest, place: Place) -> HttpResponse:
    form = InviteForm(place.municipality, place.roles_to_give(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation = save(
            request, form, lambda: service.invite(place.actor, place.municipality, **form.cleaned_data)
        ).value
        if invitation is not None:
            if invitation.token:
                hand_over(request, invitation.person, invitation.token)
            else:
                messages.success(request, _("The person already had an account, and now has a role here too."))
            return redirect(place.url("member", pk=invitation.person.pk))
    return show(request, place, "invite", {"form": form})


def give_role(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    person = place.person(pk)
    form = RoleForm(place.municipality, place.roles_to_give(), request.POST or None)

    def give() -> Membership:
        return service.give_membership(place.actor, place.municipality, person, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and save(request, form, give).done:
        messages.success(request, _("The role was given."))
        return redirect(place.url("member", pk=pk))
    return show(request, place, "give_role", {"form": form, "person": person})


def end_role(request: HttpRequest, place: Place, pk: int, role: int) -> HttpResponse:
    membership = place.membership(place.person(pk), role)
    form = EndRoleForm(request.POST or None)

    def end() -> bool:
        service.end_membership(place.actor, membership, form.cleaned_data["last_day"])
        return True

    if request.method == "POST" and form.is_valid() and save(request, form, end).done:
        messages.success(request, _("The end of the role was saved."))
        return redirect(place.url("member", pk=pk))
    return show(request, place, "end_role", {"form": form, "membership": membership, "person": membership.user})


def change_role_unit(request: HttpRequest, place: Place, pk: int, role: int) -> HttpResponse:
    membership = place.membership(place.person(pk), role)
    form = RoleUnitForm(place.municipality, membership.unit, request.POST or None)

    def change() -> bool:
        service.change_unit(place.actor, membership, form.cleaned_data["unit"])
        return True

    if request.method == "POST" and form.is_valid() and save(request, form, change).done:
        messages.success(request, _("The unit was changed."))
        return redirect(place.url("member", pk=pk))
    return show(request, place, "role_unit", {"form": form, "membership": membership, "person": membership.user})


@require_POST
def new_member_link(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    person = place.person(pk)
    link = attempt(lambda: service.new_link(place.actor, place.municipality, person))
    if link.value:
        hand_over(request, person, link.value)
    else:
        messages.error(request, str(link.refusal))
    return redirect(place.url("member", pk=pk))


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


@require_POST
def reactivate_member(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    person = place.person(pk)
    if refusal := attempt(lambda: service.reactivate(place.actor, place.municipality, person)).refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account is in use again."))
    return redirect(place.url("member", pk=pk))


def reset_member_second_factor(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    return confirmed(
        request,
        place,
        place.person(pk),
        service.reset_second_factor,
        question=_("Reset the two-step sign-in?"),
        explanation=_(
            "The authenticator app and the recovery codes of %(name)s stop working, and the person is signed out at "
            "once. This cannot be undone. Make sure first that it is really this person who asks: meet, or call a "
            "number you know."
        ),
        verb=_("Reset"),
        done=_("The two-step sign-in was reset. The person takes an app into use at the next sign-in."),
    )


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
    if reason := service.why_not_account(place.actor, place.municipality, person):
        messages.error(request, reason)
        return redirect(back)
    if request.method == "POST":
        act(place.actor, place.municipality, person)
        messages.success(request, done)
        return redirect(back)
    # the name is in the text, not in the question: that is the title of the page
    words["explanation"] %= {"name": person.name}
    return render(request, "confirm.html", {"cancel_url": back, "form": None} | words)


def hand_over(request: HttpRequest, person: User, token: str) -> None:
    """Send the link by e-mail; where that does not work, show it once on the person's page."""
    link = request.build_absolute_uri(reverse("one_time_link", args=[token]))
    if mail.send(person.email, "invitation", person.language, {"link": link}):
        messages.success(request, _("The link was sent by e-mail. It works once, for 7 days."))
    else:
        request.session[LINK] = [person.pk, link]


def taken_from_session(request: HttpRequest, person: User) -> str:
    owner, link = request.session.pop(LINK, None) or (None, "")
    return link if owner == person.pk else ""


def is_over(membership: Membership) -> bool:
    return membership.ends is not None and membership.ends < timezone.localdate()


def show(request: HttpRequest, place: Place, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"municipalities/{name}.html", {"place": place, "tabs": place.tabs()} | context)

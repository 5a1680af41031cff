"""The list of a municipality's people, with its search in the address."""

from typing import Any

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.filter_form import is_unread
from core.names import sort_key
from municipalities.models import Membership, Municipality, Role, Unit
from municipalities.place import Place

PAGE = 50
STATES = [
    ("", _("in use")),
    ("invited", _("invited, not signed in yet")),
    ("ended", _("role ended")),
    ("off", _("account out of use")),
    ("all", _("all")),
]
ROLES = [("", _("all roles")), *((value, label) for value, label in Role.choices if value != Role.RESEARCHER)]


class MemberFilter(forms.Form):
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=80, widget=forms.SearchInput)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=ROLES)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("all units"))
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, municipality: Municipality, data: Any) -> None:
        super().__init__(data)
        self.municipality = municipality
        self.fields["unit"].queryset = Unit.objects.filter(municipality=municipality)  # type: ignore[attr-defined]

    def people(self) -> list[User]:
        """In Finnish order. What does not hold as a filter is left out of it."""
        self.is_valid()
        if is_unread(self):
            return []
        chosen: dict[str, Any] = getattr(self, "cleaned_data", {})
        state = chosen.get("state") or ""
        roles = Membership.objects.filter(municipality=self.municipality)
        shown = roles if state in {"all", "ended"} else roles.not_over()
        if chosen.get("role"):
            shown = shown.filter(role=chosen["role"])
        if chosen.get("unit"):
            shown = shown.filter(unit=chosen["unit"])
        if state == "off":
            shown = roles
        found = in_state(User.objects.filter(pk__in=shown.values("user")), state, roles.not_over())
        if text := chosen.get("q"):
            found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
        own = Prefetch("memberships", roles.select_related("unit").order_by("starts", "pk"), to_attr="roles_here")
        return sorted(found.prefetch_related(own), key=lambda person: (sort_key(person.name), person.pk))


def in_state(people: QuerySet[User], state: str, in_force: QuerySet[Membership]) -> QuerySet[User]:
    if state == "all":
        return people
    if state == "off":
        return people.filter(is_active=False)
    people = people.filter(is_active=True)
    if state == "ended":
        return people.exclude(pk__in=in_force.values("user"))
    if state == "invited":
        return people.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return people


def members(request: HttpRequest, place: Place) -> HttpResponse:
    form = MemberFilter(place.municipality, request.GET)
    page = Paginator(form.people(), PAGE).get_page(request.GET.get("sivu"))
    context = {"form": form, "page": page, "place": place, "tabs": place.tabs(), "unread": is_unread(form)}
    return render(request, "municipalities/members.html", context)

"""The installation admin's pages: which municipalities have admins, and who they are."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.filter_form import is_unread
from core.names import sort_key
from municipalities.models import Membership, Municipality, Role
from municipalities.models.membership import CONFIRMERS
from municipalities.place import Place
from municipalities.requests import installation_admin
from municipalities.rights.counts import for_installation
from municipalities.rights.words import request_words
from municipalities.tabs import installation_tabs

PAGE = 50


class MunicipalityFilter(forms.Form):
    q = forms.CharField(label=_("Municipality"), required=False, max_length=60, widget=forms.SearchInput)
    use = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("in use")), ("without", _("people but no admin")), ("all", _("all"))],
    )


@installation_admin
def municipalities(request: HttpRequest) -> HttpResponse:
    form = MunicipalityFilter(request.GET)
    form.is_valid()
    rows = Municipality.objects.none() if is_unread(form) else chosen(form.cleaned_data)
    found = sorted(rows, key=lambda place: (not place.people, sort_key(place.name)))
    page = Paginator(found, PAGE).get_page(request.GET.get("sivu"))
    context = {"form": form, "page": page, "tabs": installation_tabs("installation"), "unread": is_unread(form)}
    return render(request, "municipalities/installation.html", context)


def chosen(filters: dict[str, Any]) -> QuerySet[Municipality, Any]:
    """The municipalities with the numbers of their people and admins today; a search by name goes over all of them."""
    active = Q(memberships__user__is_active=True) & (
        Q(memberships__ends=None) | Q(memberships__ends__gte=timezone.localdate())
    )
    people = Count("memberships__user", distinct=True, filter=active)
    admins = Count("memberships__user", distinct=True, filter=active & Q(memberships__role=Role.ADMIN))
    found = Municipality.objects.annotate(people=people, admins=admins)
    if text := filters.get("q"):
        field = "name_sv" if get_language() == "sv" else "name_fi"
        found = found.filter(**{f"{field}__icontains": text})
    if filters.get("use") == "without":
        return found.filter(admins=0, people__gt=0)
    if filters.get("use") or text:
        return found
    return found.filter(people__gt=0)


def municipality(request: HttpRequest, place: Place) -> HttpResponse:
    """Its admins and supervisors, who confirm rights, and those who work elsewhere too."""
    here = Membership.objects.filter(municipality=place.municipality)
    own = Prefetch("memberships", here.select_related("unit").order_by("starts", "pk"), to_attr="roles_here")
    admins = User.objects.filter(pk__in=here.filter(role__in=CONFIRMERS).values("user"))
    elsewhere = Membership.objects.exclude(municipality=place.municipality).not_over()
    shared = User.objects.filter(pk__in=here.not_over().values("user")).filter(pk__in=elsewhere.values("user"))
    context = {
        "place": place,
        "admins": in_order(admins.prefetch_related(own)),
        "shared": in_order(shared.exclude(pk__in=admins.values("pk")).prefetch_related(own)),
        "tabs": place.tabs(),
    }
    return render(request, "municipalities/installation_municipality.html", context)


@installation_admin
def rights_that_wait(request: HttpRequest) -> HttpResponse:
    """What no admin or supervisor of a municipality can confirm, because there is only the one who asks."""
    waiting = [(wanted, request_words(wanted)) for wanted in for_installation()]
    context = {"waiting": waiting, "tabs": installation_tabs("installation_rights")}
    return render(request, "municipalities/installation_rights.html", context)


def in_order(people: QuerySet[User]) -> list[User]:
    return sorted(people, key=lambda person: (sort_key(person.name), person.pk))

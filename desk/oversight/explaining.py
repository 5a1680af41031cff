"""The question that comes before protected details are shown: why so many, or why of somebody nobody gave to you?"""

from collections.abc import Iterable
from functools import wraps
from typing import ParamSpec
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import security_log
from accounts.security_log import Kind
from cases.access.rights import must_say_why
from cases.models import Client
from cases.oversight.verbs import must_explain
from core.came_from import came_from
from core.saving import NotPossible
from municipalities.requests import MunicipalRequest, View

P = ParamSpec("P")
CAME_FROM = "explaining_came_from"


class WhoseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need the client's protected details in your work?"),
        help_text=_("Your supervisor reads this. It is asked because nobody else has given you this client."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ManyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you need to see so many now?"),
        help_text=_("Your supervisor reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def asks_when_many(view: View[P]) -> View[P]:
    """For a view that shows what turvakielto hides, or an identity code: after many in an hour a reason comes first."""

    @wraps(view)
    def guarded(request: MunicipalRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return first_why(request) or view(request, *args, **kwargs)

    return guarded


def first_why(request: MunicipalRequest, looks: int = 1) -> HttpResponse | None:
    """The answer instead of what was asked, when this person would show very many; else None."""
    try:
        if must_explain(request.user, request.municipality, looks):
            _tell_of_many(request, stopped=False)
            request.session[CAME_FROM] = came_from(request)
            return redirect("explain_many", code=request.municipality.code)
    except NotPossible as refusal:
        _tell_of_many(request, stopped=True)
        messages.error(request, str(refusal))
        return redirect("today", code=request.municipality.code)
    return None


def first_whose(request: MunicipalRequest, clients: Iterable[Client]) -> HttpResponse | None:
    """The answer instead of the details of these clients, when nobody else gave one of them to this person; else None.

    Asked of what turvakielto hides only, and of those who may show it.
    """
    asked = sorted({client.pk for client in clients if client.non_disclosure and must_say_why(request.user, client)})
    if not asked:
        return None
    address = reverse("explain_whose", kwargs={"code": request.municipality.code})
    return redirect(f"{address}?{urlencode({'asiakas': asked}, doseq=True)}")


def _tell_of_many(request: MunicipalRequest, *, stopped: bool) -> None:
    """The question and the end of showing are events, also where no reason follows."""
    security_log.record(
        Kind.MANY_AT_ONCE, request=request, municipality_number=request.municipality.pk, stopped=stopped
    )

"""Before more protected details are shown than anybody's ordinary hour asks for: why?"""

from functools import wraps
from typing import ParamSpec

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from cases.oversight.verbs import must_explain
from core.came_from import came_from
from core.saving import NotPossible
from municipalities.requests import MunicipalRequest, View

P = ParamSpec("P")
CAME_FROM = "explaining_came_from"


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
            request.session[CAME_FROM] = came_from(request)
            return redirect("explain_many", code=request.municipality.code)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("today", code=request.municipality.code)
    return None

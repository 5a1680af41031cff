"""Koodistot of a municipality: the installation's lists to be read, and its rows that wait because of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import does_not_prolong
from accounts.models import User
from etotu.code_lists.checking_again import announce, check_again, queue_checking, waiting_for_lists
from etotu.code_lists.shown import checked_words, kinds_shown, lists_shown, waiting_words
from municipalities.models import Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.tabs import municipal_tabs

# so many are checked while the person waits
FEW = 50


@roles(Role.ADMIN)
@require_GET
def code_lists(request: MunicipalRequest) -> HttpResponse:
    context = {
        "lists": lists_shown(),
        "kinds": kinds_shown(),
        "changes": [],
        "editing": False,
        "tabs": municipal_tabs(request.municipality.code, "code_lists"),
    }
    return render(request, "etotu/codes/code_lists.html", context | waiting(request))


@does_not_prolong
@roles(Role.ADMIN)
@require_GET
def check_again_progress(request: MunicipalRequest) -> HttpResponse:
    return render(request, "etotu/codes/checking_again.html", waiting(request))


@roles(Role.ADMIN)
@require_POST
def check_rows_again(request: MunicipalRequest) -> HttpResponse:
    place = request.municipality.pk
    start_check(request, place, waiting_rows(request), request.user)
    return redirect("code_lists", code=request.municipality.code)


def waiting(request: MunicipalRequest) -> dict[str, Any]:
    shown = waiting_words(request.municipality.pk, waiting_rows(request))
    return {"waiting": shown, "progress_name": "check_again_progress"}


def waiting_rows(request: MunicipalRequest) -> int:
    return waiting_for_lists().filter(municipality=request.municipality).count()


def start_check(request: Any, place: int, rows: int, actor: User) -> None:
    """At once when they are few, else by the worker."""
    if rows > FEW:
        announce(place, rows)
        queue_checking(place, actor.pk)
        messages.info(request, _("The rows are being checked again. You can leave the page."))
        return
    done = check_again(actor, place)
    if done is None:
        messages.info(request, _("The rows are being checked again already."))
    else:
        messages.success(request, checked_words(done))

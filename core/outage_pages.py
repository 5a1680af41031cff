"""What is answered when nobody caught an error: a page in plain words, or words for the script that asked."""

import sys
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.outages import AfterwardsError, Outage, outage_of
from core.scripted import asked_by_script


class Page(NamedTuple):
    template: str
    status: int
    words: str | Promise


PAGES: Final[dict[Outage, Page]] = {
    "full": Page("507.html", 507, _("The server's disk is full, and nothing was saved. Tell those who maintain it.")),
    "gone": Page("503.html", 503, _("The service does not answer just now. Wait a moment and try again.")),
    "unreadable": Page(
        "503_unreadable.html",
        503,
        _("Something stored here cannot be read, and nothing was saved. Tell those who maintain the system."),
    ),
    "slow": Page("503_slow.html", 503, _("This took too long and was stopped. Nothing was saved. Try again soon.")),
    "locked": Page(
        "503_locked.html", 503, _("The same data is being saved just now. Nothing was saved here. Try again soon.")
    ),
}


def server_error(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Rendered without the request: its session may be what is gone."""
    error = sys.exc_info()[1]
    outage = outage_of(error)
    if outage is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    page = PAGES[outage]
    response: HttpResponse
    if asked_by_script(request):
        response = JsonResponse({"error": str(page.words)}, status=page.status)
    else:
        sent = None if isinstance(error, AfterwardsError) else what_was_sent(request)
        response = HttpResponse(render_to_string(page.template, {"sent": sent}), status=page.status)
    patch_cache_control(response, private=True, no_store=True)
    return response


UPDATING: Final = Page(
    "503_updating.html", 503, _("The service is being updated. Nothing was saved. Wait a while and try again.")
)


def updating(request: HttpRequest) -> HttpResponse:
    """Instead of every page, while the database is not this version's of the program."""
    if asked_by_script(request):
        response: HttpResponse = JsonResponse({"error": str(UPDATING.words)}, status=UPDATING.status)
    else:
        sent = what_was_sent(request)
        response = HttpResponse(render_to_string(UPDATING.template, {"sent": sent}), status=UPDATING.status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def what_was_sent(request: HttpRequest) -> dict[str, Any] | None:
    """The fields of a form, to be sent once more from the page: nothing of them is stored, and none is lost.

    Its hidden fields go along, so that it is still saved only once and over no colleague's change. Files have to be
    chosen again, and passwords typed; nothing of the pages of accounts, where codes are typed, is written into a page.
    """
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return None
    if is_of_account(request.path_info):
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if not fields or any("password" in name for name, _value in fields):
        return None
    return {"address": request.get_full_path(), "fields": fields}


def is_of_account(path: str) -> bool:
    """Whether the address belongs to signing in and to what protects it."""
    try:
        view = resolve(path).func
    except Resolver404:
        return True
    return view.__module__.partition(".")[0] in settings.ACCOUNT_APPS

"""Whoever gives rights or takes data out says once more who it is, when signing in was some minutes ago."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.came_from import came_from

TO_FILL_IN = 10 * 60
"""Seconds that a form may stay open after the confirmation that opened it."""
CAME_FROM = "confirming_came_from"

View = Callable[..., HttpResponseBase]


def confirmed_again(back: str = "") -> Callable[[View], View]:
    """Only within some minutes of a password or code; else it is asked, and the page comes afterwards.

    `back` names the page to come back to where the view itself answers POST alone. The first argument of the view is
    its request. It goes under `roles`: who may not open the page at all is not asked for a password first.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if is_confirmed(request):
                return view(request, *args, **kwargs)
            return ask(request, reverse(back) if back else request.get_full_path())

        guarded.confirmed_again = True  # type: ignore[attr-defined]
        return guarded

    return decorate


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the person gave a password or a code within `ACCOUNT_REAUTHENTICATION_TIMEOUT`, a form a while longer."""
    records = get_authentication_records(request, request.user)
    life = app_settings.REAUTHENTICATION_TIMEOUT + (TO_FILL_IN if request.method == "POST" else 0)
    return bool(records) and time.time() - records[-1]["at"] < life


def ask(request: HttpRequest, back: str) -> HttpResponseBase:
    """To the password, or the code where that is the only way, and back to this address; or to where one came from."""
    remember_where_from(request, back)
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:
        raise PermissionDenied
    if request.method == "POST":
        messages.warning(request, _("Nothing was done yet: confirm that it is you, and do it again."))
    return redirect(f"{methods[0]['url']}?{urlencode({'next': back})}")


def remember_where_from(request: HttpRequest, back: str) -> None:
    """The page to which giving up leads: the one with the link, which is not the page that asks who it is."""
    page = came_from(request)
    path = page.partition("?")[0]
    if page and path != urlsplit(back).path and not path.startswith(reverse("account_reauthenticate")):
        request.session[CAME_FROM] = page
    elif request.method != "POST":
        request.session.pop(CAME_FROM, None)

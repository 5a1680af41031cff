from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.urls import reverse

from accounts import session_clock
from accounts.confirmed import CAME_FROM

OWNER = "session-owner"
PAGES = {
    "about": "about",
    "accessibility": "accessibility",
    "language": "set_language",
    "own": "own_account",
    "sessions": "sessions",
    "sign_in": "account_login",
    "sign_out": "account_logout",
    "session_state": "session_state",
    "session_extend": "session_extend",
    "session_sign_in": "session_sign_in",
}
"""The addresses that the frame of every page leads to, by the words the frame knows them by."""


def account_urls(request: HttpRequest) -> dict[str, Any]:
    return {"account_urls": {word: reverse(name) for word, name in PAGES.items()}}


def page_address(request: HttpRequest) -> dict[str, str]:
    """Where the page can be opened again, such as in another language: its own address.

    A page that answers to a form at an address which takes nothing else says `page_address` in its own context.
    """
    return {"page_address": request.get_full_path()}


def session(request: HttpRequest) -> dict[str, Any]:
    """What the page needs to follow the session's end: see templates/includes/session.html."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {"session_ends": "", "session_owner": ""}
    end = session_clock.ends_at(request.session)
    return {"session_ends": end.isoformat() if end else "", "session_owner": signing.dumps(user.pk, salt=OWNER)}


def give_up_url(request: HttpRequest) -> dict[str, str]:
    """Where giving up leads from the page that asks who it is: to the page with the link to what asks it."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    return {"give_up_url": request.session.get(CAME_FROM) or reverse("own_account")}

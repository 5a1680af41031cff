"""Signing in is asked of every view, sessions end, the person's language is used, a second factor is demanded."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import session_clock
from accounts.people import has_second_factor
from accounts.sign_out import CLEARED
from core.scripted import asked_by_script

GetResponse = Callable[[HttpRequest], HttpResponse]
V = TypeVar("V", bound=Callable[..., HttpResponseBase])

# where somebody without the required second factor may go: to take one, and what is open to everybody
WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "account_reauthenticate",
    "account_logout",
    "one_time_link",
    "take_link",
    "set_language",
    "session_state",
    "session_extend",
    "session_sign_in",
    "about",
    "accessibility",
}


def does_not_prolong(view: V) -> V:
    """Mark a view that the page calls by itself (a poll, a draft): it is no use of the session."""
    view.does_not_prolong = True  # type: ignore[attr-defined]
    return view


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """A script is told that nobody is signed in, so that the page can ask for it; a person is led to the sign-in."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:  # type: ignore[override]
        if asked_by_script(request):
            return JsonResponse({"authenticated": False, "seconds_left": 0}, status=401)
        if getattr(request, "session_is_over", False):
            messages.warning(request, _("The session has ended. Sign in to go on where you were."))
        return redirect_to_login(came_from(request))


def came_from(request: HttpRequest) -> str:
    """The page to go back to: the asked one, or the one whose form was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return "/"
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


class SessionLimitMiddleware:
    """Ends a session that has been unused or open for too long; using it moves its end."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if session_clock.is_over(request.session):
                request.session_ran_out = True  # type: ignore[attr-defined]
                logout(request)
                request.session_is_over = True  # type: ignore[attr-defined]
                response = self.get_response(request)
                # the page that asks by itself stays open, for its person to sign in on it
                if not asked_by_script(request):
                    response["Clear-Site-Data"] = CLEARED
                return response
        elif settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.is_empty():
            # ended from elsewhere: by the person, or by an admin
            request.session_is_over = True  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        if request.user.is_authenticated and not getattr(view, "does_not_prolong", False):
            session_clock.prolong(request.session)


class LanguageMiddleware:
    """Pages are in the language that the person has chosen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class SecondFactorMiddleware:
    """Where a second factor is required, somebody without one can only take it into use."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in WITHOUT_SECOND_FACTOR or has_second_factor(request.user):
            return None
        if asked_by_script(request):
            return JsonResponse({"error": _("Take the two-step sign-in into use first.")}, status=403)
        return redirect("mfa_activate_totp")

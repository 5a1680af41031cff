"""One municipality for a request: taken from the path, checked against the person's memberships, set in the database.

The transaction opens here, around ATOMIC_REQUESTS, so that the scope holds for the view and for its rendering, and so
that what is written after a view has failed (the access log) is kept.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from core.history import actor_values
from core.row_security import scope_values
from core.transaction_settings import set_for_transaction
from municipalities.access import access_of, memberships_of


def code_of(path: str) -> str | None:
    """The three-digit code that a municipal path begins with."""
    try:
        return resolve(path).kwargs.get("code")
    except Resolver404:
        return None


class MunicipalityMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.municipality = None  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        response = self._answer(request, code_of(request.path_info))
        if not response.has_header("Cache-Control"):
            # a shared computer must not give pages back after one has signed out
            patch_cache_control(response, private=True, no_store=True)
        return response

    def _answer(self, request: HttpRequest, code: str | None) -> HttpResponse:
        if code is None:
            return self.get_response(request)
        with transaction.atomic():
            self._enter(request, code)
            return self.get_response(request)

    def _enter(self, request: HttpRequest, code: str) -> None:
        # that of a membership, which is read with its settings: a municipality without one is not there for the person
        own = (one.municipality for one in memberships_of(request.user) if one.municipality is not None)
        municipality = next((one for one in own if one.code == code), None)
        if municipality is None:
            request.refused_municipality = code  # type: ignore[attr-defined]
            raise Http404(_("There is no such page."))
        access = access_of(request.user, municipality)
        request.municipality = municipality  # type: ignore[attr-defined]
        request.access = access  # type: ignore[attr-defined]
        set_for_transaction(scope_values([municipality.pk]) | actor_values(request.user.pk))

"""How much a request may bring. Files are stored on disk as they come, before any form looks at them."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
INSTALLATION_ADMIN: Final = "installation_admin"


def takes_files(largest: int) -> Callable[[V], V]:
    """Mark a view to which those whom it serves may send so many bytes. The outermost of its decorators."""

    def mark(view: V) -> V:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimitMiddleware:
    """Refuses a larger request before it is read: it stands before the check of the form's token, which reads it.

    More than the longest forms and drafts is taken from nobody but the people whom a marked view serves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        announced = request.META.get("CONTENT_LENGTH") or ""
        size = int(announced) if announced.isdecimal() and len(announced) < 19 else 0
        if size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return None
        if size > getattr(view, "largest_body", 0):
            return render(request, "413.html", status=413)
        if not _serves(view, request):
            raise PermissionDenied
        return None


def _serves(view: Callable[..., Any], request: HttpRequest) -> bool:
    """Whether the person has one of the roles that the view names."""
    access = getattr(request, "access", None)
    held = set(access.roles) if access else set()
    if getattr(request.user, "is_installation_admin", False):
        held.add(INSTALLATION_ADMIN)
    return not held.isdisjoint(getattr(view, "roles", ()))

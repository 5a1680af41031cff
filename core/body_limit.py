"""How much a request may bring. Files are stored on disk as they come, before any form looks at them."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def takes_files(largest: int) -> Callable[[V], V]:
    """Mark a view to which those whom it serves may send so many bytes; outside the decorator that names its roles."""

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
        # a view that takes files names its roles: the decorators for these say whom it serves
        if not view.serves(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        return None

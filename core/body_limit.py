"""How much a request may bring. Files are stored on disk as they come, before any form looks at them."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
MIB: Final = 1024 * 1024
USUAL: Final = 5 * MIB
"""The longest forms and drafts stay far below."""


def takes_files(largest: int) -> Callable[[V], V]:
    """Mark a view to which a request of so many bytes may be sent. The outermost of its decorators."""

    def mark(view: V) -> V:
        view.largest_body = largest  # type: ignore[attr-defined]
        return view

    return mark


class BodyLimitMiddleware:
    """Refuses a larger request before it is read: it stands before the check of the form's token, which reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        announced = request.META.get("CONTENT_LENGTH") or ""
        size = int(announced) if announced.isdecimal() and len(announced) < 19 else 0
        if size > getattr(view, "largest_body", USUAL):
            return render(request, "413.html", status=413)
        return None

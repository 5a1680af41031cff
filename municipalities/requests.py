"""The typed request of municipal pages, and the decorator that names the roles of a view."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from municipalities.access import Access
from municipalities.models import Municipality

P = ParamSpec("P")


class MunicipalRequest(HttpRequest):
    """A signed-in request under `/<code>/`: the middleware has set the scope and found a membership."""

    user: User
    municipality: Municipality
    access: Access
    htmx: HtmxDetails
    asked_client_id: int
    """The client whose data the page asked for, set by `cases.access.reads.access`: a refusal is logged."""
    refused_client_ids: set[int]
    """Clients of rows that were asked for among others and left out, set by `cases.access.reads`: logged too."""


View = Callable[Concatenate[MunicipalRequest, P], HttpResponseBase]


def roles(
    *allowed: str,
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """Only people with one of these roles in the municipality of the path; others get 403.

    The path's `code` has been used by the middleware, so the view does not take it. The permission matrix reads
    `view.roles`, the limit of a request's size `view.serves`.
    """

    def serves(request: Any) -> bool:
        return bool(request.access.roles & frozenset(allowed))

    def decorate(
        view: View[P],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            kwargs.pop("code", None)
            if not serves(request):
                request.refused_by_role = True  # for the security log
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(allowed)  # type: ignore[attr-defined]
        guarded.serves = serves  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponseBase]", guarded)

    return decorate


def serves_installation_admin(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_installation_admin", False))


def installation_admin(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Only the installation admin; others get 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not serves_installation_admin(request):
            request.refused_by_role = True  # type: ignore[attr-defined]
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.roles = frozenset({"installation_admin"})  # type: ignore[attr-defined]
    guarded.serves = serves_installation_admin  # type: ignore[attr-defined]
    return guarded

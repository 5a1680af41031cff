"""Refused looks at client data are remembered too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.models import AccessLog, Client
from cases.models.access_log import Looked
from municipalities.models import Municipality


class RefusedAccessMiddleware:
    """Logs a 403 or 404 on an existing client of the municipality, and what was left out of rows asked for together.

    It stands inside the municipality's transaction and outside the view's savepoint, so the row is kept although the
    view failed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = getattr(request, "asked_client_id", None)
        left_out: set[int] = getattr(request, "refused_client_ids", set())
        refused = left_out | {asked} if asked and response.status_code in (403, 404) else left_out
        municipality = getattr(request, "municipality", None)
        if refused and municipality and request.user.is_authenticated:
            self._remember(request, request.user.pk, municipality, refused)
        return response

    def _remember(self, request: HttpRequest, user_id: int, municipality: Municipality, refused: set[int]) -> None:
        found = Client.objects.filter(pk__in=refused, municipality=municipality).values_list("pk", flat=True)
        if client_ids := sorted(found):
            AccessLog.objects.create(
                municipality=municipality,
                user_id=user_id,
                action=Looked.REFUSED,
                page=(request.resolver_match.url_name or "") if request.resolver_match else "",
                client_ids=client_ids,
            )

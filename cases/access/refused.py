"""Refused looks at client data are remembered too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.models import AccessLog, Client
from cases.models.access_log import Looked
from municipalities.models import Municipality


class RefusedAccessMiddleware:
    """Logs a 403 or 404 on an existing client of the municipality.

    It stands inside the municipality's transaction and outside the view's savepoint, so the row is kept although the
    view failed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        asked = getattr(request, "asked_client_id", None)
        municipality = getattr(request, "municipality", None)
        if asked and municipality and request.user.is_authenticated and response.status_code in (403, 404):
            self._remember(request, request.user.pk, municipality, asked)
        return response

    def _remember(self, request: HttpRequest, user_id: int, municipality: Municipality, client_id: int) -> None:
        if Client.objects.filter(pk=client_id, municipality=municipality).exists():
            AccessLog.objects.create(
                municipality=municipality,
                user_id=user_id,
                action=Looked.REFUSED,
                page=(request.resolver_match.url_name or "") if request.resolver_match else "",
                client_ids=[client_id],
            )

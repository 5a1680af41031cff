"""What the security log knows of any page: a refusal by role or of a municipality, and a file taken out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts import security_log
from accounts.security_log import Kind

NOT_DATA = ("application/pdf", "image/png", "image/jpeg", "text/plain")


class SecurityEventsMiddleware:
    """Stands outside the transaction of the view, so that the row of a refusal is kept although the view failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            if getattr(request, "refused_by_role", False) and response.status_code == 403:
                self._record(Kind.REFUSED_BY_ROLE, request)
            elif code := getattr(request, "refused_municipality", ""):
                # told where the person works, as what was asked for is no place of theirs
                self._record(Kind.REFUSED_BY_ROLE, request, asked=code)
            elif is_taken_out(response):
                self._record(Kind.EXPORTED, request)
        return response

    def _record(self, kind: Kind, request: HttpRequest, asked: str = "") -> None:
        municipality = getattr(request, "municipality", None)
        page = (request.resolver_match.url_name or "") if request.resolver_match else ""
        number = municipality.pk if municipality else None
        if asked:
            security_log.record(kind, request=request, municipality_number=number, page=page, asked=asked)
        else:
            security_log.record(kind, request=request, municipality_number=number, page=page)


def is_taken_out(response: HttpResponse) -> bool:
    """Whether the answer is a file of data: whatever page makes one, and whenever it was added.

    Letters and Kela's attachments are the access log's to tell: it knows whose they are.
    """
    kept = response.status_code == 200 and response.get("Content-Disposition", "").startswith("attachment")
    return kept and response.get("Content-Type", "").partition(";")[0] not in NOT_DATA

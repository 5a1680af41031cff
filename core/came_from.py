"""The page with the link or button that was pressed, for going back there."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest


def came_from(request: HttpRequest) -> str:
    """Its path and query where it is a page of this service, other than the address itself; else ""."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    here = page.netloc == request.get_host() and page.path.startswith("/") and not page.path.startswith("//")
    return urlunsplit(("", "", page.path, page.query, "")) if here and page.path != request.path else ""

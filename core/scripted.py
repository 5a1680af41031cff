"""Who waits for an answer: a person at the browser, or a script of one of our pages."""

from django.http import HttpRequest


def asked_by_script(request: HttpRequest) -> bool:
    """Whether a script on a page, not the browser itself, waits for the answer."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        or headers.get("Sec-Fetch-Dest") == "empty"
        or headers.get("Accept", "").startswith("application/json")
        or request.content_type == "application/json"
    )

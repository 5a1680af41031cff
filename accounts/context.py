from typing import Any

from django.core import signing
from django.http import HttpRequest

from accounts import session_clock

OWNER = "session-owner"


def session(request: HttpRequest) -> dict[str, Any]:
    """What the page needs to follow the session's end: see templates/includes/session.html."""
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    end = session_clock.ends_at(request.session)
    return {"session_ends": end.isoformat() if end else "", "session_owner": signing.dumps(user.pk, salt=OWNER)}

"""Between the cookie and the session: the one holds the secret of which the other's key is the digest."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from accounts.session_store import SessionStore


class SecretSessionMiddleware(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        request.session = SessionStore.of_cookie(request.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        session = request.session
        # Django writes the key, or takes the cookie away
        if cookie is not None and cookie.value and cookie.value == session.session_key:
            cookie.set(cookie.key, session.secret, session.secret)  # type: ignore[attr-defined]
        return answer

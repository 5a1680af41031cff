"""Django's test client takes a session's key for its cookie; here the cookie is the secret of the key."""

from typing import Any

from django.conf import settings
from django.test import Client


def keep_secrets() -> None:
    """From here on every test client does as a browser does."""
    from accounts.session_store import SessionStore

    def session(self: Any) -> SessionStore:
        if cookie := self.cookies.get(settings.SESSION_COOKIE_NAME):
            return SessionStore.of_cookie(cookie.value)
        made = SessionStore()
        made.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = made.secret
        return made

    def set_login_cookies(self: Any, request: Any) -> None:
        name = settings.SESSION_COOKIE_NAME
        self.cookies[name] = request.session.secret
        self.cookies[name].update({"max-age": "", "path": "/", "domain": "", "secure": "", "expires": ""})

    client: Any = Client
    client.session = property(session)
    client._set_login_cookies = set_login_cookies

"""The session in the database, as Django keeps it, under a key that opens nothing.

The browser's cookie holds a secret, and the row is kept under its digest: whoever reads the table, or the list of a
person's sessions beside it, cannot make the cookie of it.
"""

import hashlib
from typing import Self

from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.crypto import get_random_string

from core.outages import AfterwardsError, outage_of

SECRET = 32
"""Characters of the cookie, of 36 kinds."""
KEY = 40
"""Characters of the digest, as many as the columns have: 160 bits."""


def key_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:KEY]


class SessionStore(DatabaseStore):
    """Everybody but the middleware knows a session by its key; `secret` is there for the cookie alone.

    Tells a database that fails from a session that was ended meanwhile: Django takes both for the second.
    """

    secret = ""

    @classmethod
    def of_cookie(cls, secret: str | None) -> Self:
        store = cls(key_of(secret) if secret else None)
        store.secret = secret or ""
        return store

    def _get_new_session_key(self) -> str:
        while True:
            secret = get_random_string(SECRET, VALID_KEY_CHARS)
            key = key_of(secret)
            if not self.exists(key):
                self.secret = secret
                return key

    def save(self, must_create: bool = False) -> None:
        """The middleware saves when the view is done, and what that stored is committed."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if outage_of(error.__context__) is None:
                raise
            raise AfterwardsError("the session could not be kept") from error.__context__

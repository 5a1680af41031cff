"""The session in the database, as Django keeps it."""

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from core.outages import AfterwardsError, outage_of


class SessionStore(DatabaseStore):
    """Tells a database that fails from a session that was ended meanwhile: Django takes both for the second."""

    def save(self, must_create: bool = False) -> None:
        """The middleware saves when the view is done, and what that stored is committed."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if outage_of(error.__context__) is None:
                raise
            raise AfterwardsError("the session could not be kept") from error.__context__

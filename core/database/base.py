"""The connection to PostgreSQL as Django makes it, which begins each request as if it were new."""

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper

AS_NEW = "DISCARD TEMP; RESET ALL"
"""Temporary tables go, and every setting is what the connection was opened with."""


class DatabaseWrapper(PostgresWrapper):
    """A connection serves many requests: what one has left in its session would be there for the next person's.

    The program leaves nothing. Whoever gets SQL of their own into one request would, so the next begins afresh; and it
    costs no statement, as Django asks at this moment whether the connection still lives (`CONN_HEALTH_CHECKS`).
    """

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        if self.in_atomic_block:
            return super().is_usable()
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(AS_NEW)
        except self.Database.Error:
            return False
        return True

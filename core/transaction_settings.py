"""What PostgreSQL is told for one transaction: whose rows it may touch, and who makes the changes."""

from collections.abc import Mapping
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

from core.database.search_path import SEARCH_PATH


def set_for_transaction(values: Mapping[str, str], using: str = DEFAULT_DB_ALIAS) -> None:
    """Set these settings until the transaction ends, in one statement.

    The values travel as parameters: the sessions of one role see the text of each other's statements. Temporary tables
    are searched last, as everywhere (`core.database`), whatever the session was told meanwhile.
    """
    values = {**values, "search_path": SEARCH_PATH}
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    with parameters_apart(connections[using]) as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in values.items() for part in pair])


def parameters_apart(wrapper: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor whose parameters the server binds: the usual one writes them into the statement."""
    wrapper.ensure_connection()
    inner: Any = wrapper
    cursor: Any = ServerBindingCursor
    return cast("CursorWrapper", inner._prepare_cursor(cursor(wrapper.connection)))

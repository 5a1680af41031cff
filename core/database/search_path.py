"""Where PostgreSQL looks for a name without a schema. It is read by the settings: nothing of Django here."""

SEARCH_PATH = "public, pg_catalog, pg_temp"
"""Temporary tables last: where their schema is not named it is searched first, and one of them hides ours."""


def with_search_path(options: str) -> str:
    """The options of a connection (libpq), and with them what every session begins with."""
    own = f"-c search_path={SEARCH_PATH.replace(' ', '')} -c timezone=UTC"
    return f"{options} {own}".strip()

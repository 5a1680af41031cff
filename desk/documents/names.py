"""How a field is called in a form and in a page."""

from typing import Final

FIELD: Final = "f."
ROWS: Final = "rivit."
AWAY: Final = "poista."
NOT_ASKED: Final = "ei_kysytty"
CONFIRMED: Final = "vahvista"
WHOLE: Final = "loppu"
"""The last field of the form: a form that was cut on its way is not taken for one with empty fields."""


def html_id(name: str) -> str:
    """The id of a field or a group in the page, such as "f-asuminen-kuvaus"."""
    return f"f-{name.replace('.', '-')}"

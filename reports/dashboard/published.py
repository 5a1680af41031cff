"""Where the published numbers are: those that may be passed on, while the municipality's pages stay inside."""

from typing import Final

from django.urls import NoReverseMatch, reverse

EDITIONS: Final = "editions"


def published_address(code: str) -> str:
    """Nothing where this installation publishes no numbers."""
    try:
        return reverse(EDITIONS, kwargs={"code": code})
    except NoReverseMatch:
        return ""

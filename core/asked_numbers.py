"""Keys and other whole numbers that a request names: what is none, or could be none, is passed over."""

from collections.abc import Iterable
from typing import Final

DIGITS: Final = 18
"""As many as surely fit into a bigint."""


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None


def numbers(texts: Iterable[str]) -> list[int]:
    """Each once, in the order in which they were named."""
    return list(dict.fromkeys(found for text in texts if (found := number(text)) is not None))

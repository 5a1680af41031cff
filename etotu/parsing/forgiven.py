"""Characters that carry no meaning, read as what they look like (rule 15): a hyphen is a hyphen, a blank a blank."""

import re
import sys
import unicodedata
from typing import Final

_KINDS: Final = {"Cf": None, "Pd": "-", "Zs": " "}
# a minus looks like a hyphen too
_READ_AS: Final = {
    number: _KINDS[kind]
    for number in range(128, sys.maxunicode + 1)
    if (kind := unicodedata.category(chr(number))) in _KINDS
} | {0x2212: "-"}
_SHY: Final = re.compile("(?<=[0-9]{6})\N{SOFT HYPHEN}(?=[0-9]{3})")


def forgiven(text: str) -> str:
    """A code, a number or a time as it looks; not for names and free texts."""
    if text.isascii():
        return text
    return _SHY.sub("-", text).translate(_READ_AS)


def is_empty(text: str) -> bool:
    """Whether nothing can be seen of it."""
    return not text or text.isspace() or (not text.isascii() and not text.translate(_READ_AS).strip())

"""Characters that carry no meaning, read as what they look like (rule 15): a hyphen is a hyphen, a blank a blank."""

import re
import unicodedata
from typing import Final

_KINDS: Final = {"Cf": None, "Pd": "-", "Zs": " "}
# of the rest, of which a file may hold a million, hardly any is met
_KEPT: Final = 0xFFFF


class _ReadAs(dict[int, "str | int | None"]):
    """For `str.translate`: a character is looked up when it is met, since all of them take longer than a page does."""

    def __missing__(self, number: int) -> str | int | None:
        kind = unicodedata.category(chr(number))
        found = _KINDS[kind] if number > 127 and kind in _KINDS else number
        if number <= _KEPT:
            self[number] = found
        return found


# a minus looks like a hyphen too
_READ_AS: Final = _ReadAs({0x2212: "-"})
_SHY: Final = re.compile("(?<=[0-9]{6})\N{SOFT HYPHEN}(?=[0-9]{3})")


def forgiven(text: str) -> str:
    """A code, a number or a time as it looks; not for names and free texts."""
    if text.isascii():
        return text
    return _SHY.sub("-", text).translate(_READ_AS)


def is_empty(text: str) -> bool:
    """Whether nothing can be seen of it."""
    return not text or text.isspace() or (not text.isascii() and not text.translate(_READ_AS).strip())

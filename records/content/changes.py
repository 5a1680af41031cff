"""What a later text has that an earlier one had not, word by word."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SAME: Final = ""
GONE: Final = "gone"
NEW: Final = "new"
MOST: Final = 4000
"""Words of both texts together; longer ones are told as gone and new as a whole, in no time."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: str = SAME


def pieces(before: str, after: str) -> list[Piece]:
    """The texts as one: what stayed, what is gone, what is new."""
    old, new = _words(before), _words(after)
    if len(old) + len(new) > MOST:
        return [Piece(before, GONE), Piece(after, NEW)]
    return [piece for piece in _compared(old, new) if piece.text]


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("".join(new[c:d]))
        else:
            yield Piece("".join(old[a:b]), GONE)
            yield Piece("".join(new[c:d]), NEW)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)

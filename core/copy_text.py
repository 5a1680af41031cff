"""Rows as the text that PostgreSQL's COPY reads: made before, and apart from, the session that sends them."""

import datetime
import re
from collections.abc import Iterable
from typing import Final

Value = str | bytes | int | bool | datetime.date | None

# the end of a column, of a row, and what begins an escape
SPECIAL: Final = re.compile(r"[\\\t\n\r]")
ESCAPED: Final = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
LINES_OF_A_BLOCK: Final = 100


class CopyText:
    """Grows row by row; `blocks` are what COPY is sent."""

    def __init__(self) -> None:
        self.rows = 0
        self._blocks: list[bytes] = []
        self._lines: list[str] = []

    def add(self, row: Iterable[Value]) -> int:
        """Gives the length of what was written. Days and moments are ISO 8601, which every DateStyle reads."""
        self.rows += 1
        line = "\t".join(map(_text, row)) + "\n"
        self._lines.append(line)
        if len(self._lines) == LINES_OF_A_BLOCK:
            self._end_block()
        return len(line)

    def join(self, other: "CopyText") -> None:
        """Its rows after these."""
        self.rows += other.rows
        self._end_block()
        self._blocks += other.blocks()

    def blocks(self) -> list[bytes]:
        self._end_block()
        return self._blocks

    def _end_block(self) -> None:
        if self._lines:
            self._blocks.append("".join(self._lines).encode())
            self._lines.clear()


def _text(value: Value) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return SPECIAL.sub(_escaped, value) if SPECIAL.search(value) else value
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    return value.isoformat()


def _escaped(found: re.Match[str]) -> str:
    return ESCAPED[found[0]]

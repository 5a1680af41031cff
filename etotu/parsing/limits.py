from dataclasses import dataclass
from typing import Final

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may ask of us. A file over the first six is rejected whole, a notice over the others alone.

    `tag_bytes` bounds one tag or comment, which is held in memory until it ends; `record_chars` likewise one CSV
    record; `blank_lines` those after each other.
    """

    file_bytes: int = 2048 * MIB
    quiet_bytes: int = 64 * MIB
    depth: int = 32
    tag_bytes: int = 8 * MIB
    record_chars: int = 4 * MIB
    blank_lines: int = 1_000_000

    attachment_bytes: int = 10 * MIB
    attachments: int = 100
    expenses: int = 500
    others: int = 50


# no text is kept longer than this: it is too long for every field
LONGEST_TEXT: Final = 10_001
# what is kept of an unknown element or attribute
LONGEST_OTHER: Final = 2_000

from dataclasses import dataclass
from typing import Final, Literal

Process = Literal["web", "worker", "beat"]
EVERY: Final[frozenset[Process]] = frozenset({"web", "worker", "beat"})
NONE: Final[frozenset[Process]] = frozenset()


@dataclass(frozen=True)
class Finding:
    """What is wrong, with the setting and what to do about it; `stops` says which processes do not start with it.

    `minor`: a warning of `check --deploy`, not an error.
    """

    id: str
    words: str
    stops: frozenset[Process] = EVERY
    minor: bool = False

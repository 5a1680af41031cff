"""How far a load is: a hint in the cache for the page that waits, never the truth."""

import contextlib
import time
from dataclasses import dataclass, field
from typing import TypedDict

from django.core.cache import cache

EVERY_SECONDS = 0.5
KEPT_SECONDS = 120


class State(TypedDict):
    done: int
    declared: int | None


def _key(batch_id: int) -> str:
    return f"etotu:progress:{batch_id}"


@dataclass
class Progress:
    batch_id: int
    declared: int | None = None
    _told: float = field(default=0.0)

    def read(self, done: int) -> None:
        now = time.monotonic()
        if now - self._told >= EVERY_SECONDS:
            self._told = now
            state: State = {"done": done, "declared": self.declared}
            # a cache that does not answer must not stop the load
            with contextlib.suppress(Exception):
                cache.set(_key(self.batch_id), state, KEPT_SECONDS)

    def over(self) -> None:
        with contextlib.suppress(Exception):
            cache.delete(_key(self.batch_id))


def progress_of(batch_id: int) -> State | None:
    try:
        state: State | None = cache.get(_key(batch_id))
    except Exception:
        return None
    return state

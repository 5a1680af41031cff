"""When a session ends: after a time without use, and at the latest a set time after signing in.

Both times are in the session itself, as seconds since 1970.
"""

import datetime
import time
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

Clock = SessionBase | dict[str, Any]

STARTED = "signed_in_at"
USED = "used_at"
GRAIN = 10
"""Seconds within which further use is not written down."""


def start(session: SessionBase) -> None:
    session[STARTED] = session[USED] = int(time.time())


def prolong(session: SessionBase) -> None:
    """The session was used now."""
    now = int(time.time())
    if now - session[USED] >= GRAIN:
        session[USED] = now


def ends(session: Clock) -> int | None:
    """The second at which the session ends unless it is used; None without a clock."""
    if STARTED not in session or USED not in session:
        return None
    return int(min(session[USED] + settings.SESSION_IDLE_SECONDS, session[STARTED] + settings.SESSION_TOTAL_SECONDS))


def is_over(session: Clock) -> bool:
    end = ends(session)
    return end is None or time.time() >= end


def seconds_left(session: SessionBase) -> int:
    return max(0, (ends(session) or 0) - int(time.time()))


def ends_at(session: SessionBase) -> datetime.datetime | None:
    end = ends(session)
    return None if end is None else datetime.datetime.fromtimestamp(end, datetime.UTC)

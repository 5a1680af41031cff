"""Failures of the surroundings, not of the program: a full disk, a database that is gone, a wait that was ended, a key
that is missing.

Trying again may help with all but the last.
"""

import errno
from typing import Literal

from django.db import DatabaseError, InterfaceError, OperationalError

from core.encryption import DecryptionError

Outage = Literal["full", "gone", "slow", "locked", "unreadable"]
FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})
# classes of SQLSTATE: connection lost, resources short, stopped by an operator
GONE = ("08", "53", "57")
DISK_FULL = "53100"
# a statement was ended: by its limit (core/time_limits.py), or by somebody who looks after the database
ENDED = "57014"
LOCK_NOT_AVAILABLE = "55P03"
# besides the wait that was ended: two that waited for each other, of which the database ended one
LOCKED_OUT = (LOCK_NOT_AVAILABLE, "40001", "40P01")


class AfterwardsError(OperationalError):
    """The database failed when what the request did was stored already: nobody may be told that nothing was."""


def sqlstate(error: BaseException) -> str:
    """Of the error that the database gave, "" for any other."""
    for one in (error, error.__cause__):
        state = getattr(one, "sqlstate", None)
        if isinstance(state, str):
            return state
    return ""


def outage_of(error: BaseException | None) -> Outage | None:
    """What is wrong around the program; None when the error is the program's own."""
    if isinstance(error, OSError) and error.errno in FULL_DISK:
        return "full"
    if isinstance(error, DatabaseError | InterfaceError):
        return _of_database(error)
    if isinstance(error, DecryptionError):
        return "unreadable"
    return None


def _of_database(error: DatabaseError | InterfaceError) -> Outage | None:
    state = sqlstate(error)
    if state == DISK_FULL:
        return "full"
    if state == ENDED:
        return "slow"
    if state in LOCKED_OUT:
        return "locked"
    # without a state the connection broke before the server could say anything
    broke = not state and isinstance(error, OperationalError | InterfaceError)
    return "gone" if broke or state.startswith(GONE) else None


def may_pass(error: BaseException) -> bool:
    """Whether the same may succeed when it is tried again, with nothing of it changed."""
    return outage_of(error) not in (None, "unreadable")

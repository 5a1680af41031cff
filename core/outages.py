"""Failures of the surroundings, not of the program: a full disk, a database that is gone. Trying again may help."""

import errno
import sys
from typing import Any, Literal

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

Outage = Literal["full", "gone"]
FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT})
# classes of SQLSTATE: connection lost, resources short, stopped by an operator
GONE = ("08", "53", "57")
DISK_FULL = "53100"
# two that waited for each other, of which the database ended one
LOCKED_OUT = ("40001", "40P01")


def sqlstate(error: BaseException) -> str:
    """Of the error that the database gave, "" for any other."""
    for one in (error, error.__cause__):
        state = getattr(one, "sqlstate", None)
        if isinstance(state, str):
            return state
    return ""


def outage_of(error: BaseException | None) -> Outage | None:
    """What is wrong around the program; None when the error is the program's own."""
    if error is None:
        return None
    if isinstance(error, OSError) and error.errno in FULL_DISK:
        return "full"
    if isinstance(error, DatabaseError | InterfaceError):
        state = sqlstate(error)
        if state == DISK_FULL:
            return "full"
        # without a state the connection broke before the server could say anything
        broke = not state and isinstance(error, OperationalError | InterfaceError)
        return "gone" if broke or state.startswith(GONE) else None
    return None


def may_pass(error: BaseException) -> bool:
    """Whether the same may succeed when it is tried again, with nothing of it changed."""
    return outage_of(error) is not None or sqlstate(error) in LOCKED_OUT


PAGES: dict[Outage, tuple[str, int]] = {"full": ("507.html", 507), "gone": ("503.html", 503)}


def server_error(request: HttpRequest, *_args: Any) -> HttpResponse:
    """The page of an error that nobody caught. Rendered without the request: its session may be what is gone."""
    outage = outage_of(sys.exc_info()[1])
    name, status = PAGES[outage] if outage else ("500.html", 500)
    return HttpResponse(render_to_string(name), status=status)

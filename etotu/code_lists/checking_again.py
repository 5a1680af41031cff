"""Rows that wait because of a list, checked again after the list was extended, and entered when they are good now.

What the code lists do not know is only flagged. Quarantined are notices of a type or a municipality that is not known:
those two lists come with the program, so the rows are also checked when a worker of a new version starts.
"""

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

from celery import current_app
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from core.row_security import across_municipalities
from etotu.faults import RowFaultCode
from etotu.locks import CHECKING, session_lock
from etotu.models import QuarantineRow, QuarantineState
from etotu.repair.release import BusyError, Outcome
from etotu.repair.verbs import recheck, release

log = logging.getLogger(__name__)
OF_LISTS: Final = (RowFaultCode.UNKNOWN_KIND, RowFaultCode.UNKNOWN_MUNICIPALITY)
REASON: Final = "rows that wait because of a list are checked again, whosever they are"
CHUNK: Final = 100
KEPT_SECONDS: Final = 3600
# a worker that was killed tells nothing more: after a while the rows can be checked again
UNHEARD_SECONDS: Final = 300
EVERYWHERE: Final = 1000
"""In the place of a municipality: all of them, and the rows of none."""


@dataclass(slots=True)
class Checked:
    """How far it is, and what came of it. `good` rows have no faults left; most of them are `released` at once."""

    rows: int = 0
    checked: int = 0
    good: int = 0
    released: int = 0
    over: bool = False

    @property
    def wrong(self) -> int:
        return self.checked - self.good


def waiting_for_lists() -> QuerySet[QuarantineRow]:
    """The open rows of the scope with a fault that depends on a list."""
    faults = Q()
    for code in OF_LISTS:
        faults |= Q(faults__contains=[{"code": code.value}])
    return QuarantineRow.objects.filter(faults, state=QuarantineState.OPEN)


def waiting_everywhere() -> int:
    with across_municipalities("the installation admin hears how many rows wait because of a list"):
        return waiting_for_lists().count()


def check_again(actor: User | None, place: int) -> Checked | None:
    """Of one municipality, or `EVERYWHERE`; None when somebody is at it already."""
    with session_lock(CHECKING, place) as held:
        if not held:
            return None
        with _scope(place):
            found = waiting_for_lists() if place == EVERYWHERE else waiting_for_lists().filter(municipality=place)
            ids = list(found.order_by("pk").values_list("pk", flat=True))
        state = Checked(rows=len(ids))
        for start in range(0, len(ids), CHUNK):
            _tell(place, state)
            _check_some(place, ids[start : start + CHUNK], actor, state)
        state.over = True
        _tell(place, state)
        return state


def _check_some(place: int, ids: list[int], actor: User | None, state: Checked) -> None:
    """In two transactions: who holds rows must not wait for a load, which may want to close them."""
    with _scope(place):
        good = [row.pk for row in recheck(actor, ids)]
    state.checked += len(ids)
    state.good += len(good)
    # good rows that cannot be entered now stay as they are, ready to be released
    with contextlib.suppress(BusyError), _scope(place):
        done = release(actor, good) if good else []
        state.released += sum(one.outcome == Outcome.RELEASED for one in done)


@contextlib.contextmanager
def _scope(place: int) -> Iterator[None]:
    if place == EVERYWHERE:
        with across_municipalities(REASON):
            yield
    else:
        with across_municipalities(REASON, [place]):
            yield


def _key(place: int) -> str:
    return f"etotu:checking_again:{place}"


def _tell(place: int, state: Checked) -> None:
    # a cache that does not answer must not stop the work
    with contextlib.suppress(Exception):
        cache.set(_key(place), asdict(state), KEPT_SECONDS if state.over else UNHEARD_SECONDS)


def announce(place: int, rows: int) -> None:
    """That the worker has been asked."""
    _tell(place, Checked(rows=rows))


def state_of(place: int) -> Checked | None:
    """How far the last one is; a hint from the cache."""
    with contextlib.suppress(Exception):
        found = cache.get(_key(place))
        return Checked(**found) if found else None
    return None


def queue_checking(place: int, actor_id: int) -> None:
    """Ask the worker, when this transaction is over. Without a broker nothing is lost: it can be asked again."""
    transaction.on_commit(lambda: _send(place, actor_id))


def _send(place: int, actor_id: int) -> None:
    try:
        current_app.send_task("etotu.check_again", args=[place, actor_id], retry=False)
    except Exception as error:
        log.warning("the checking of rows was not queued (%s)", type(error).__name__)
        _forget(place)


def _forget(place: int) -> None:
    with contextlib.suppress(Exception):
        cache.delete(_key(place))

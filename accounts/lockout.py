"""Five wrong guesses shut one door: an address, from one network. Everybody else, the person too, still gets in.

Each time it is shut for longer. The counts are in the cache: to lose them is to begin with the first time again.
"""

import hashlib
import ipaddress
import math
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

GUESSES = 5
MINUTES = (5, 15, 60, 240, 1440)
"""How long the first time, the second, …; the last one stays."""
MEMORY = 24 * 3600
"""Seconds without a wrong guess after which it begins with the first time again."""


@dataclass(frozen=True, slots=True)
class Door:
    key: str

    @property
    def guesses(self) -> str:
        return f"door-guesses:{self.key}"

    @property
    def times(self) -> str:
        return f"door-times:{self.key}"

    @property
    def until(self) -> str:
        return f"door-until:{self.key}"


def door(request: HttpRequest, address: str) -> Door:
    """`address`: what is guessed at, such as an e-mail address; it is not kept itself."""
    text = f"{address.strip().lower()} {network(get_adapter().get_client_ip(request))}"
    return Door(hashlib.sha256(text.encode()).hexdigest())


def network(ip: str) -> str:
    """The neighbours that one person may come from by turns: 256 addresses, of IPv6 the 64 bits that a line has."""
    bits = 24 if ipaddress.ip_address(ip).version == 4 else 64
    return str(ipaddress.ip_network(f"{ip}/{bits}", strict=False))


def minutes_left(at: Door) -> int:
    """Whole minutes, rounded up; 0 when the door is not shut."""
    until: float = cache.get(at.until, 0.0)
    return max(0, math.ceil((until - time.time()) / 60))


def begin(at: Door) -> bool:
    """Count a guess before it is tried, so that many at once are no more than five. False: it is not tried."""
    if minutes_left(at):
        return False
    cache.add(at.guesses, 0, MEMORY)
    if cache.incr(at.guesses) <= GUESSES:
        return True
    not_tried(at)
    return False


def not_tried(at: Door) -> None:
    """Something else refused it before anybody looked whether it is right: what was counted is no guess."""
    try:
        cache.decr(at.guesses)
    except ValueError:
        # the door was shut or opened meanwhile, and the count is gone
        return


def failed(at: Door) -> int:
    """The guess was wrong. For how many minutes the door was shut by it; 0 when it was not."""
    return shut(at) if int(cache.get(at.guesses, 0)) >= GUESSES else 0


def shut(at: Door) -> int:
    """For how many minutes; 0 when it is shut already. Nobody is turned away from a door that has no end."""
    if not cache.add(at.until, time.time() + MINUTES[0] * 60, MINUTES[0] * 60):
        return 0
    cache.add(at.times, 0, MEMORY + MINUTES[-1] * 60)
    minutes = MINUTES[min(cache.incr(at.times), len(MINUTES)) - 1]
    cache.set(at.until, time.time() + minutes * 60, minutes * 60)
    cache.delete(at.guesses)
    return minutes


def opened(at: Door) -> None:
    """The guess was right."""
    cache.delete_many([at.guesses, at.times, at.until])

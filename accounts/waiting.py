"""How long somebody must wait after too many attempts."""

import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

APP = "allauth.account"


def waiting_words(minutes: int) -> str:
    return ngettext(
        "Too many attempts. Wait %(count)s minute and try again.",
        "Too many attempts. Wait %(count)s minutes and try again.",
        minutes,
    ) % {"count": minutes}


def minutes_of_limit(request: HttpRequest, action: str, key: str) -> int:
    """Until the oldest counted attempt of every full limit has passed; at least one."""
    longest = 0.0
    for rate in ratelimit.get_rates(app=APP, action=action):
        name = ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key)
        attempts = cache.get(name, [])
        if len(attempts) >= rate.amount:
            longest = max(longest, attempts[-1] + rate.duration - time.time())
    return max(1, math.ceil(longest / 60))

"""A code of the authenticator app is accepted once, whatever it was for: signing in, confirming, a new app.

The library remembers codes in the cache, by what they were asked for, and a cache may be emptied: this is a row.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import transaction

from accounts.models import SpentCode, User


def spend(user: User, secret: str, code: str) -> bool:
    """Whether the code is right now and neither it nor a later one was accepted before; from here on it was."""
    step = step_of(secret, code)
    if step is None:
        return False
    with transaction.atomic():
        SpentCode.objects.get_or_create(user_id=user.pk, defaults={"step": 0})
        return bool(SpentCode.objects.filter(user_id=user.pk, step__lt=step).update(step=step))


def step_of(secret: str, code: str) -> int | None:
    for step in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return int(step)
    return None

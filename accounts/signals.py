"""What follows from signing in and out and from changes of an account, by whichever page it happened."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import session_clock
from accounts.models import User
from accounts.people import end_other_sessions
from accounts.security_log import Kind, record


@receiver(user_logged_in)
def start_clock(request: HttpRequest, user: User, **kwargs: Any) -> None:
    session_clock.start(request.session)
    methods = {one["method"] for one in get_authentication_records(request, user)}
    record(Kind.SIGNED_IN, request=request, actor=user, second_factor="mfa" in methods)


@receiver(user_logged_out)
def tell_of_the_end(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        record(Kind.SIGNED_OUT, request=request, actor=user, ran_out=bool(getattr(request, "session_ran_out", False)))


@receiver(authenticator_added)
def end_sessions_without_it(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A session that was opened by the password alone must not become a full one."""
    if authenticator.type == Authenticator.Type.TOTP:
        end_other_sessions(request, user)
        record(Kind.SECOND_FACTOR_ADDED, request=request, actor=user)
    else:
        record(Kind.RECOVERY_CODES_MADE, request=request, actor=user)


@receiver(authenticator_reset)
def tell_of_new_recovery_codes(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(Kind.RECOVERY_CODES_MADE, request=request, actor=user)


@receiver(authenticator_removed)
def tell_of_the_removal(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        record(Kind.SECOND_FACTOR_REMOVED, request=request, actor=user)


@receiver(authenticator_used)
def tell_of_the_code(request: HttpRequest, user: User, reauthenticated: bool, **kwargs: Any) -> None:
    if reauthenticated:
        record(Kind.CONFIRMED_AGAIN, request=request, actor=user, by="code")


@receiver(password_changed)
@receiver(password_set)
def tell_of_the_password(request: HttpRequest, user: User, **kwargs: Any) -> None:
    record(Kind.PASSWORD_CHANGED, request=request, actor=user)

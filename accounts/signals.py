"""What follows from signing in and from a new second factor, by whichever page it happened."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import session_clock
from accounts.models import User
from accounts.people import end_other_sessions


@receiver(user_logged_in)
def start_clock(request: HttpRequest, **kwargs: Any) -> None:
    session_clock.start(request.session)


@receiver(authenticator_added)
def end_sessions_without_it(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A session that was opened by the password alone must not become a full one."""
    if authenticator.type == Authenticator.Type.TOTP:
        end_other_sessions(request, user)

"""What may be done to an account. Who may do it is decided by the callers."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from accounts.models import OneTimeLink, User


def end_sessions(user: User) -> None:
    """End every session of the person at once, wherever it is."""
    User.objects.filter(pk=user.pk).update(session_serial=F("session_serial") + 1)
    user.refresh_from_db(fields=["session_serial"])
    for session in UserSession.objects.filter(user_id=user.pk):
        session.end()


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """End every session but the one of this request."""
    end_sessions(user)
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)


@transaction.atomic
def deactivate(user: User) -> None:
    """Nobody can sign in with the account any more; what it did stays. Links and sessions end at once."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    OneTimeLink.objects.filter(user=user).delete()
    end_sessions(user)


def reactivate(user: User) -> None:
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def remove_second_factor(user: User) -> None:
    """Forget the authenticator app and the recovery codes: the next sign-in begins with a new one."""
    Authenticator.objects.filter(user_id=user.pk).delete()
    end_sessions(user)


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())

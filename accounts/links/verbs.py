"""Links that let a person set a password once: an invitation, or a forgotten password."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from accounts.models import OneTimeLink, User
from accounts.models.one_time_link import LIFE
from accounts.people import end_sessions

Purpose = OneTimeLink.Purpose


class LinkSpentError(Exception):
    """Somebody has used the link, or it has been replaced."""


def make_link(user: User, purpose: OneTimeLink.Purpose = Purpose.INVITATION) -> str:
    """The token of a new link; an earlier one for the same purpose stops working. Only its digest is kept."""
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.update_or_create(
        user=user, purpose=purpose, defaults={"digest": _digest(token), "expires": timezone.now() + LIFE[purpose]}
    )
    return token


def find_link(token: str) -> OneTimeLink | None:
    """The link, if it still works."""
    return (
        OneTimeLink.objects.select_related("user")
        .filter(digest=_digest(token), expires__gt=timezone.now(), user__is_active=True)
        .first()
    )


@transaction.atomic
def take_link(link: OneTimeLink, *, password: str, name: str, language: str) -> User:
    """Set the person's password by the link. Every link and every session of the person ends."""
    # deleting it first decides between two that use it at the same moment
    if not OneTimeLink.objects.filter(pk=link.pk, digest=link.digest).delete()[0]:
        raise LinkSpentError
    OneTimeLink.objects.filter(user=link.user_id).delete()
    user = link.user
    user.set_password(password)
    user.name, user.language = name, language
    user.save(update_fields=["password", "name", "language"])
    end_sessions(user)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

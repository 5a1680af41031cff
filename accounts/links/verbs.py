"""Links that let a person set a password once: an invitation, or a forgotten password; and that of an offered role."""

import hashlib
import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import OneTimeLink, User
from accounts.models.one_time_link import LIFE
from accounts.people import end_sessions

Purpose = OneTimeLink.Purpose

still_allowed: list[Callable[[OneTimeLink], bool]] = []
"""Asked of every link that somebody opens or takes: each app above that lets links be made adds its rule."""


class LinkSpentError(Exception):
    """Somebody has used the link, it has been replaced, or whoever made it may not do so any more."""


def make_link(
    user: User,
    purpose: OneTimeLink.Purpose = Purpose.INVITATION,
    *,
    made_by: User | None = None,
    municipality_number: int | None = None,
) -> str:
    """The token of a new link; an earlier one for the same purpose stops working. Only its digest is kept."""
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.update_or_create(
        user=user,
        purpose=purpose,
        defaults={
            "digest": _digest(token),
            "expires": timezone.now() + LIFE[purpose],
            "made_by": made_by,
            "municipality_number": municipality_number,
        },
    )
    return token


def address_of(token: str) -> str:
    """Where the link leads: never made from what a request says of itself, because it goes into an e-mail."""
    return settings.SITE_URL + reverse("one_time_link", args=[token])


def end_links(user: User) -> int:
    """No link that is under way works any more. How many there were."""
    return OneTimeLink.objects.filter(user_id=user.pk).delete()[0]


def find_link(token: str) -> OneTimeLink | None:
    """The link, if it still works."""
    return _working(digest=_digest(token))


def find_opened(digest: str) -> OneTimeLink | None:
    """The link by what the session keeps of it that opened it, whose row must not hold the token."""
    return _working(digest=digest)


def _working(**which: object) -> OneTimeLink | None:
    link = (
        OneTimeLink.objects.select_related("user", "made_by")
        .filter(**which, expires__gt=timezone.now(), user__is_active=True)
        .first()
    )
    return link if link is not None and all(allows(link) for allows in still_allowed) else None


def refused_link(token: str) -> OneTimeLink | None:
    """The link that is there and does not work: run out, of an account out of use, or made by who may not any more."""
    return OneTimeLink.objects.select_related("user").filter(digest=_digest(token)).first()


def refused_opened(digest: str) -> OneTimeLink | None:
    """As `refused_link`, by what the session keeps."""
    return OneTimeLink.objects.select_related("user").filter(digest=digest).first()


@transaction.atomic
def take_link(link: OneTimeLink, *, password: str, name: str, language: str) -> User:
    """Set the person's password by the link. Every link and every session of the person ends."""
    if link.purpose == Purpose.OFFER or not all(allows(link) for allows in still_allowed):
        raise LinkSpentError
    # deleting it first decides between two that use it at the same moment
    if not OneTimeLink.objects.filter(pk=link.pk, digest=link.digest).delete()[0]:
        raise LinkSpentError
    end_links(link.user)
    user = link.user
    user.set_password(password)
    user.name, user.language = name, language
    user.save(update_fields=["password", "name", "language"])
    end_sessions(user)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

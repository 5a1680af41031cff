"""What a session knows of who reads a person's e-mail: a link that was sent there was opened or taken in it."""

import datetime

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User

PROOF = "reads_the_address_of"


def remember(request: HttpRequest, user: User) -> None:
    request.session[PROOF] = [user.pk, timezone.now().timestamp()]


def reads_address(request: HttpRequest, user: User, since: datetime.datetime) -> bool:
    """Whether a link to this person's address was opened in this session, at this moment or later."""
    pk, at = request.session.get(PROOF) or (0, 0.0)
    return bool(pk == user.pk and at >= since.timestamp())


def opened_at(request: HttpRequest) -> float:
    """When a link that was sent by e-mail was last opened in this session; 0 for never."""
    return float((request.session.get(PROOF) or (0, 0.0))[1])

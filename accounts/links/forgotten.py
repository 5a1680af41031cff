"""The link of a forgotten password, made and sent by the worker so that no page tells whether an account exists."""

import logging

from celery import current_app
from celery.exceptions import OperationalError

from accounts import mail
from accounts.links.verbs import address_of, make_link
from accounts.models import OneTimeLink, User

TASK = "accounts.send_forgotten_link"
logger = logging.getLogger(__name__)


def queue_forgotten_link(email: str) -> None:
    """Queue the e-mail, in the same time whether or not the account exists."""
    user = User.objects.filter(email=email, is_active=True).first()
    try:
        current_app.send_task(TASK, args=[user.pk if user else 0])
    except OperationalError:
        logger.exception("The link of a forgotten password could not be queued")


def send_link(user_id: int) -> None:
    """The link is made here, so that it is never in the queue."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    link = address_of(make_link(user, OneTimeLink.Purpose.FORGOTTEN))
    mail.send(user.email, "forgotten_password", user.language, {"link": link})

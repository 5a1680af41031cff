"""Work that no page waits for."""

import logging

from celery import shared_task
from django.urls import reverse

from accounts import mail
from accounts.links.verbs import make_link
from accounts.models import OneTimeLink, User

logger = logging.getLogger(__name__)


def queue_forgotten_link(email: str, address: str) -> None:
    """Queue the e-mail, in the same time whether or not the account exists. `address`: where the service is."""
    user = User.objects.filter(email=email, is_active=True).first()
    try:
        send_forgotten_link.delay(user.pk if user else 0, address)
    except send_forgotten_link.OperationalError:
        logger.exception("The link of a forgotten password could not be queued")


@shared_task(name="accounts.send_forgotten_link")
def send_forgotten_link(user_id: int, address: str) -> None:
    """The link is made here, so that it is never in the queue."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    token = make_link(user, OneTimeLink.Purpose.FORGOTTEN)
    link = address.rstrip("/") + reverse("one_time_link", args=[token])
    mail.send(user.email, "forgotten_password", user.language, {"link": link})

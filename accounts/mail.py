"""E-mail to the people who work here. Nothing personal in subject or text, and no address in a log."""

import logging
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)
NOT_SENT = ("console", "dummy", "filebased")


def is_configured() -> bool:
    """Whether e-mail goes anywhere. What would only be printed is not sent at all: it would put links into a log."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in NOT_SENT


def send(address: str, template: str, language: str, context: dict[str, Any]) -> bool:
    """Send a text whose first line is its subject. Tells whether it was sent; a failure is no error to the caller."""
    if not is_configured():
        return False
    with translation.override(language):
        subject, _, text = render_to_string(f"accounts/email/{template}.txt", context).strip().partition("\n")
    try:
        send_mail(subject, text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address])
    except OSError as error:  # smtplib's errors too; their text may hold the address
        logger.error("An e-mail was not sent: %s", type(error).__name__)
        return False
    return True

"""What a person is told by e-mail when something was done to the account or the rights. Nothing personal in it.

The worker sends it: no page waits for a mail server, nor tells by the time it takes whether there is an account.
"""

import logging

from celery import current_app
from celery.exceptions import OperationalError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.models import User

TASK = "accounts.send_notice"
logger = logging.getLogger(__name__)

WORDS = {
    "locked_out": _("Signing in was stopped for a while, because of five wrong passwords or codes"),
    "right_asked": _("A right was asked for you. Another person confirms or refuses it"),
    "right_offered": _("A role waits for your confirmation. Sign in to accept or refuse it"),
    "right_given": _("Your rights were widened, or you have a new role"),
    "right_refused": _("A right that was asked for you was not given"),
    "right_ended": _("One of your roles was given an end or ended"),
    "reset_asked": _("A reset of your two-step sign-in was asked for. Another person confirms or refuses it"),
    "reset_done": _("Your two-step sign-in was reset. You take an app into use at the next sign-in"),
    "restore_asked": _("It was asked to take your account into use again. Another person confirms or refuses it"),
    "account_restored": _("Your account was taken into use again"),
    "account_stopped": _("Your account was taken out of use"),
}


def tell(person: User | None, notice: str) -> None:
    """Queue the e-mail once what was done is kept. Nobody (None) is told in the same time as somebody."""
    user_id = person.pk if person is not None else 0
    transaction.on_commit(lambda: queue(user_id, notice))


def queue(user_id: int, notice: str) -> None:
    try:
        current_app.send_task(TASK, args=[user_id, notice])
    except OperationalError:
        logger.exception("A notice to a person could not be queued")


def send_notice(user_id: int, notice: str) -> None:
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        mail.send(user.email, "told", user.language, {"what": WORDS[notice]})

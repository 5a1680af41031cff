"""Tells admins of alerts by e-mail, in each one's language: a time and a link, nothing of a file or a person."""

import datetime
import logging
from itertools import groupby

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.mail import is_configured, send
from accounts.models import User
from core.row_security import across_municipalities
from etotu.alerts.words import alert_words
from etotu.locks import TELLING, session_lock
from etotu.models import Alert
from municipalities.models import Membership, Role

log = logging.getLogger(__name__)
REASON = "the admins of every municipality are told of their alerts"
# what could not be told for so long is told in the program only
GIVEN_UP = datetime.timedelta(days=3)
LINES = 20
ENOUGH = 5
PAUSE_KEY, PAUSE_SECONDS = "etotu:telling:pause", 300


def tell_admins() -> int:
    """One e-mail to each admin about all that waits in a municipality; gives how many alerts are told now.

    An alert is told when one admin at least has got it. The others wait, and the server of e-mail is asked again after
    a pause; when it refuses several times in a row, it is left alone at once.
    """
    if not is_configured() or cache.get(PAUSE_KEY):
        return 0
    with session_lock(TELLING) as held:
        if not held:
            return 0
        told = in_a_row = 0
        for municipality_id, alerts in groupby(waiting(), key=lambda alert: alert.municipality_id):
            found = list(alerts)
            if reached(municipality_id, found):
                told += note_told(found)
                in_a_row = 0
                continue
            log.error("alerts could not be told by e-mail and wait: %s", len(found))
            cache.set(PAUSE_KEY, value=True, timeout=PAUSE_SECONDS)
            in_a_row += 1
            if in_a_row == ENOUGH:
                break
        return told


def waiting() -> list[Alert]:
    since = timezone.now() - GIVEN_UP
    with across_municipalities(REASON):
        untold = Alert.objects.filter(emailed_at=None, seen_at=None, created_at__gte=since).select_related("batch")
        return list(untold.order_by("municipality", "created_at", "pk"))


def note_told(alerts: list[Alert]) -> int:
    with across_municipalities(REASON):
        ids = [alert.pk for alert in alerts]
        return Alert.objects.filter(pk__in=ids, emailed_at=None).update(emailed_at=timezone.now())


def reached(municipality_id: int | None, alerts: list[Alert]) -> bool:
    """Whether somebody got it, or there is nobody to tell."""
    people = recipients(municipality_id)
    return not people or sum(tell(person, municipality_id, alerts) for person in people) > 0


def recipients(municipality_id: int | None) -> QuerySet[User]:
    """The admins of today; of the installation where there is no municipality."""
    in_use = User.objects.filter(is_active=True)
    if municipality_id is None:
        return in_use.filter(is_installation_admin=True)
    admins = Membership.objects.in_force().filter(municipality=municipality_id, role=Role.ADMIN)
    return in_use.filter(pk__in=admins.values("user"))


def tell(person: User, municipality_id: int | None, alerts: list[Alert]) -> bool:
    code = None if municipality_id is None else f"{municipality_id:03d}"
    path = reverse("batches", kwargs={"code": code}) if code else reverse("installation_batches")
    with translation.override(person.language):
        lines = [alert_words(alert) for alert in alerts[:LINES]]
    context = {"lines": lines, "more": max(0, len(alerts) - LINES), "link": settings.SITE_URL + path}
    return send(person.email, "batches", person.language, context)

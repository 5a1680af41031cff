"""What people open for themselves: recorded with their reason, looked at by a supervisor."""

import datetime
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import security_log
from accounts.models import User
from accounts.security_log import Kind
from cases.models import AccessLog, Client, SelfMadeRight
from cases.models.access_log import Looked
from cases.models.self_made_right import SelfMadeKind
from core.saving import NotPossible
from municipalities.models import Municipality

WITHIN: Final = datetime.timedelta(hours=1)
A_DAY: Final = datetime.timedelta(days=1)
STOPPED = _(
    "You have shown protected details or personal identity codes very many times within an hour, so no more are shown "
    "now. "
    "Talk with your supervisor, who sees what was shown."
)
STOPPED_FOR_THE_DAY = _(
    "You have shown protected details very many times within a day, so no more are shown now. "
    "Talk with your supervisor, who sees what was shown."
)


def record_self_made(actor: User, kind: SelfMadeKind, client: Client, reason: str) -> SelfMadeRight:
    """Raises NotPossible without a reason."""
    if not reason.strip():
        raise NotPossible(_("Write why you need the client's data in your work."), "reason")
    security_log.record(Kind.RELATION_MADE, actor=actor, municipality_number=client.municipality_id, how=kind.value)
    return SelfMadeRight.objects.create(
        municipality_id=client.municipality_id, kind=kind, client=client, user=actor, reason=reason.strip()
    )


def shown_lately(actor: User, municipality: Municipality, within: datetime.timedelta = WITHIN) -> int:
    """How many times this person has shown protected details here within an hour; of several at once each counts."""
    looks = AccessLog.objects.filter(
        municipality=municipality, user=actor, action=Looked.REVEALED, at__gte=timezone.now() - within
    )
    return sum(max(1, len(ids)) for ids in looks.values_list("client_ids", flat=True))


def must_explain(actor: User, municipality: Municipality, looks: int = 1) -> bool:
    """Whether so many more looks at protected details wait for a reason. Raises NotPossible when they are too many.

    To the end of the transaction, which writes the look down, this person's next question waits: many that come at the
    same moment are counted one after another.
    """
    _one_at_a_time(actor, municipality)
    shown = shown_lately(actor, municipality) + looks - 1
    if shown >= settings.MOST_REVEALS_AN_HOUR:
        raise NotPossible(STOPPED)
    if shown_lately(actor, municipality, A_DAY) + looks > settings.MOST_REVEALS_A_DAY:
        raise NotPossible(STOPPED_FOR_THE_DAY)
    return shown >= limit_now(actor, municipality)


def limit_now(actor: User, municipality: Municipality) -> int:
    """How many can be shown within an hour before it is asked why: each reason gives as many again."""
    return min(settings.REVEALS_AN_HOUR * (1 + _explained(actor, municipality)), settings.MOST_REVEALS_AN_HOUR)


@transaction.atomic
def explain_many(actor: User, municipality: Municipality, reason: str) -> SelfMadeRight:
    """The person says why so many are needed: as many again can be shown, and the supervisor sees it."""
    if not reason.strip():
        raise NotPossible(_("Write why you need to see so many."), "reason")
    shown = shown_lately(actor, municipality)
    security_log.record(Kind.MANY_AT_ONCE, actor=actor, municipality_number=municipality.pk, shown=shown)
    return SelfMadeRight.objects.create(
        municipality=municipality, kind=SelfMadeKind.MANY, user=actor, reason=reason.strip()
    )


@transaction.atomic
def explain_whose(actor: User, clients: Iterable[Client], reason: str) -> None:
    """The person says why the protected details of clients whom nobody else gave to them are needed."""
    for client in clients:
        record_self_made(actor, SelfMadeKind.REVEAL, client, reason)


@transaction.atomic
def look_at(actor: User, row: SelfMadeRight, remark: str = "") -> None:
    """The supervisor has looked at it. One's own is somebody else's to look at."""
    row.refresh_from_db(from_queryset=SelfMadeRight.objects.select_for_update(of=("self",)))
    if row.user_id == actor.pk:
        raise NotPossible(_("This is your own. Another supervisor looks at it."))
    if row.looked_at is not None:
        raise NotPossible(_("Somebody has looked at this already."))
    row.looked_at, row.looked_by, row.remark = timezone.now(), actor, remark.strip()
    row.save(update_fields=["looked_at", "looked_by", "remark"])


def _one_at_a_time(actor: User, municipality: Municipality) -> None:
    """Codes of municipalities have three digits: no two people and places have the same number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [actor.pk * 1000 + municipality.pk])


def _explained(actor: User, municipality: Municipality) -> int:
    rows = SelfMadeRight.objects.filter(municipality=municipality, user=actor, kind=SelfMadeKind.MANY)
    return rows.filter(at__gte=timezone.now() - WITHIN).count()

"""Own clients with whom there has been no contact for the set number of days."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.matters.told import contact_sentence
from cases.models import Contact, OwnWorker
from cases.models.contact import REACHING
from core.dates import short_day
from municipalities.requests import MunicipalRequest

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Silent:
    client_id: int
    name: str
    days: str
    note: str


def silent_assignments(request: MunicipalRequest, days: int) -> QuerySet[OwnWorker]:
    """Assignments to this person whose client was last reached before the limit, or never since it began."""
    reached = Contact.objects.filter(client=OuterRef("client"), outcome__in=REACHING).order_by("-at")
    limit = timezone.now() - datetime.timedelta(days=days)
    mine = OwnWorker.objects.visible_to(request.user, request.municipality).filter(user=request.user, ended=None)
    mine = mine.annotate(last=Subquery(reached.values("pk")[:1]), last_at=Subquery(reached.values("at")[:1]))
    silent = mine.filter(Q(last_at__lt=limit) | Q(last_at=None, started__lt=timezone.localdate(limit)))
    return silent.order_by(F("last_at").asc(nulls_first=True), "pk")


def silent_clients(request: MunicipalRequest, days: int) -> tuple[list[Silent], int]:
    """The longest silent of those who have been so for this many days, and how many there are in all."""
    found = silent_assignments(request, days).annotate(in_all=Window(Count("pk")))
    rows = list(found.select_related("client")[:SHOWN])
    last = {row.pk: getattr(row, "last", None) for row in rows}
    contacts = Contact.objects.select_related("by").in_bulk([pk for pk in last.values() if pk])
    count = int(rows[0].in_all) if rows else 0
    return [_silent(row, contacts.get(last[row.pk] or 0)) for row in rows], count


def _silent(row: OwnWorker, contact: Contact | None) -> Silent:
    since = timezone.localdate(contact.at) if contact else row.started
    n = (timezone.localdate() - since).days
    days = ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    if contact:
        note = f"{short_day(since)}: {contact_sentence(contact)}"
    else:
        note = _("Own worker since %(day)s, not reached yet.") % {"day": short_day(since)}
    return Silent(row.client_id, row.client.name, days, note)

"""The attempts that count: those since a contact last reached the client (`domain.md`, Life of a matter)."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from cases.models import Contact, Letter, Matter
from cases.models.contact import REACHING


def attempts_of(contacts: Iterable[Contact]) -> list[Contact]:
    """Of the contacts of one matter, those after the last one that reached the client, in the order of time."""
    tried: list[Contact] = []
    for contact in sorted(contacts, key=lambda one: (one.at, one.pk or 0)):
        tried = [] if contact.reached else [*tried, contact]
    return tried


def reached_at(matter: str = "pk") -> Subquery:
    """For a query: when the client of the matter at this lookup was reached last in it."""
    reaching = Contact.objects.filter(matter=OuterRef(matter), outcome__in=REACHING).order_by("-at")
    return Subquery(reaching.values("at")[:1])


def is_reached(matter: Matter) -> bool:
    """Whether the last contact reached the client: nobody is sought any more."""
    return matter.attempts == 0 and matter.last_contact_at is not None


def since_reached(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Without those that were made before the client was reached."""
    return letters.annotate(reached=reached_at("matter")).filter(Q(reached=None) | Q(made_at__gt=F("reached")))

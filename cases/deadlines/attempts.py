"""The attempts that count: those since a contact last reached the client (`domain.md`, Life of a matter)."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _

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


class NotSought(TextChoices):
    """Why somebody gets no letter "we tried to reach you", one by one or many at once."""

    REACHED = "reached", _("The client has been reached.")
    UNTRIED = "untried", _("Nobody has tried to reach the client yet. The letter is for those who were not reached.")
    TOO_FEW = "too_few", _("There are not yet enough attempts.")


def not_sought(matter: Matter, needed: int) -> NotSought | None:
    """`needed` attempts since the client was last reached, by the municipality's settings, bring the letter."""
    if is_reached(matter):
        return NotSought.REACHED
    if matter.attempts >= needed:
        return None
    return NotSought.TOO_FEW if matter.attempts else NotSought.UNTRIED


def since_reached(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Without those that were made before the client was reached."""
    return letters.annotate(reached=reached_at("matter")).filter(Q(reached=None) | Q(made_at__gt=F("reached")))

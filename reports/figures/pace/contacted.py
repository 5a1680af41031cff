"""Notices whose client has been contacted, and those whose has not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from django.db import models
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Contact, Matter, MatterKind
from cases.models.contact import REACHING
from reports.figures.arrived import NOTICE_KINDS, notices
from reports.figures.keys import RowKey
from reports.figures.matters import listed
from reports.figures.question import Question
from reports.flows.measures import NOT_YET


class Missing(models.TextChoices):
    """Of those that have no days: all, and the closed ones among them, to whom it will not happen any more."""

    NOT_YET = NOT_YET, _("no contact")
    CLOSED = "closed", _("closed without a contact")


NO_CONTACT: Final[dict[Missing, Promise]] = {
    Missing.NOT_YET: _("no contact"),
    Missing.CLOSED: _("closed without a contact"),
}
NOT_REACHED: Final[dict[Missing, Promise]] = {
    Missing.NOT_YET: _("not reached"),
    Missing.CLOSED: _("closed without being reached"),
}
"""What is missing where only a contact that reached the client counts."""


@dataclass(frozen=True, slots=True)
class PaceKey(RowKey):
    """Those of a type that the days are counted of, or those that have no days."""

    VALUES: ClassVar = (NOTICE_KINDS, tuple(Missing))

    kind: MatterKind | None = None
    missing: Missing | None = None

    def words_of(self, missing: Mapping[Missing, Promise]) -> str:
        if self.missing is None:
            return self.words
        return f"{replace(self, missing=None).words}, {missing[self.missing]}"


def contacted(key: PaceKey, question: Question, *, reached: bool) -> QuerySet[Matter]:
    """With a contact (that reached the client), or without one."""
    contacts = Contact.objects.filter(matter=OuterRef("pk"))
    found = Exists(contacts.filter(outcome__in=REACHING) if reached else contacts)
    of_kind = notices(question, key.kind).filter(~found if key.missing else found)
    return listed(of_kind.filter(closed_at__isnull=False) if key.missing is Missing.CLOSED else of_kind)


def closed_without(question: Question, *, reached: bool) -> Counter[str]:
    """How many of each type were closed before it happened: what is left of them is still to be done."""
    found = contacted(PaceKey(missing=Missing.CLOSED), question, reached=reached).order_by("kind")
    return Counter(dict(found.values_list("kind").annotate(n=Count("pk"))))

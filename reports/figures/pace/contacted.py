"""Notices whose client has been contacted, and those whose has not yet."""

from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import Contact, Matter, MatterKind
from cases.models.contact import REACHING
from reports.figures.arrived import NOTICE_KINDS, notices
from reports.figures.keys import RowKey
from reports.figures.matters import listed
from reports.figures.question import Question
from reports.flows.measures import NOT_YET


class Missing(models.TextChoices):
    NOT_YET = NOT_YET, _("not yet")


@dataclass(frozen=True, slots=True)
class PaceKey(RowKey):
    """Those of a type that the days are counted of, or those that have no days yet."""

    VALUES: ClassVar = (NOTICE_KINDS, tuple(Missing))

    kind: MatterKind | None = None
    missing: Missing | None = None


def contacted(key: PaceKey, question: Question, *, reached: bool) -> QuerySet[Matter]:
    """With a contact (that reached the client), or without one."""
    contacts = Contact.objects.filter(matter=OuterRef("pk"))
    found = Exists(contacts.filter(outcome__in=REACHING) if reached else contacts)
    return listed(notices(question, key.kind).filter(~found if key.missing else found))

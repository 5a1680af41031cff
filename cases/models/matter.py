"""Vireille tullut asia: the unit of work. Queue, attempts, assignment and closing belong to it."""

import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, OuterRef, Q
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.client import Client
from cases.models.owned import (
    ClientOwnedQuerySet,
    matter_is_seen,
    unit_rule,
    unrestricted,
    verified_relation,
)
from core.history import keep_history
from core.json_rows import as_json, from_json
from municipalities.access import access_of
from municipalities.models import BulkMunicipalRow, Municipality, Unit

if TYPE_CHECKING:
    from accounts.models import User


class MatterKind(models.TextChoices):
    """The six types of a Kela notice, a wish for a personal discussion, and a contact to social services."""

    APPLICATION = "application", _("Application")
    REDUCED_AMOUNT = "reduced_amount", _("Reduced basic amount")
    SOCIAL_WORK_NEED = "social_work_need", _("Need for social work")
    YOUNG_UNEMPLOYED = "young_unemployed", _("Young unemployed, 4 months")
    LONG_UNEMPLOYED = "long_unemployed", _("Unemployed, 12 months")
    IMMIGRANT = "immigrant", _("Immigrant, over 2 months")
    DISCUSSION = "discussion", _("Wish for a discussion")
    CONTACT = "contact", _("Contact to social services")


class MatterSource(models.TextChoices):
    KELA = "kela", _("Kela")
    PHONE = "phone", _("phone call")
    VISIT = "visit", _("visit")
    PAPER = "paper", _("paper")
    COLLEAGUE = "colleague", _("colleague")
    OWN_INITIATIVE = "own_initiative", _("own initiative")
    TRANSFER = "transfer", _("another municipality")


class MatterState(models.TextChoices):
    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    WAITING_CLIENT = "waiting_client", _("Waiting for the client")
    WAITING_INFORMATION = "waiting_information", _("Waiting for information")
    WAITING_TRANSFER = "waiting_transfer", _("Waiting for the other municipality")
    CLOSED = "closed", _("Closed")


WAITING = (MatterState.WAITING_CLIENT, MatterState.WAITING_INFORMATION)


class Outcome(models.TextChoices):
    """How a matter ended (`domain.md`, Life of a matter)."""

    PLAN_MADE = "plan_made", _("Plan made")
    ASSESSMENT_MADE = "assessment_made", _("Service-need assessment made")
    SUPPORT_GRANTED = "support_granted", _("Support granted")
    SUPPORT_REFUSED = "support_refused", _("Support refused")
    MET_NO_NEED = "met_no_need", _("Met, no further need")
    ALREADY_CLIENT = "already_client", _("Already a client")
    OWN_COACH = "own_coach", _("Belongs to own coach")
    OUTREACH_YOUTH_WORK = "outreach_youth_work", _("Handed to outreach youth work")
    NOT_REACHED = "not_reached", _("Not reached")
    DECLINED = "declined", _("Declined")
    TRANSFERRED = "transferred", _("Transferred")
    WRONG_OR_WITHDRAWN = "wrong_or_withdrawn", _("Wrong or withdrawn")


OTHERS = 10
SHOWN_OF_OTHERS = ("id", "kind", "arrived", "state", "outcome", "closed_at")


class MatterQuerySet(ClientOwnedQuerySet["Matter"]):
    not_found = _("There is no such matter, or it is not yours to see.")

    def for_page(self) -> Self:
        """With the client's own worker (`own`) and the client's other matters (`others`, see `other_matters`)."""
        others = Matter.objects.filter(client=OuterRef("client"), municipality=OuterRef("municipality"))
        others = others.exclude(pk=OuterRef("pk")).order_by("-arrived", "-pk")[:OTHERS]
        own = FilteredRelation("client__own_workers", condition=Q(client__own_workers__ended=None))
        return self.annotate(own=own, others=as_json(others, *SHOWN_OF_OTHERS)).select_related(
            "client", "unit", "assignee", "closed_by", "own__user"
        )

    def visible_to(self, user: "User", municipality: Municipality) -> Self:
        """Matters on the person's desks, and every matter of the clients with whom there is a relation."""
        access = access_of(user, municipality)
        if not access.casework:
            return self.none()
        own = matter_is_seen(access) if not access.all_units else Q()
        return self.filter(
            unrestricted(access, "client__"),
            own | verified_relation(access, "client__"),
            municipality=municipality,
        )

    def on_desks_of(self, user: "User", municipality: Municipality) -> Self:
        """Of the visible ones, those that are this person's units' work: the queue."""
        return self.visible_to(user, municipality).filter(unit_rule(access_of(user, municipality)))

    def open(self) -> Self:
        return self.filter(closed_at=None)


@keep_history("MatterHistory", derived=("next_on",))
class Matter(BulkMunicipalRow):
    """Something came that may need social work.

    `arrived` is the Helsinki day of arrival, which never changes (rule 11 of the exchange format). `due` is the
    earliest unmet shown deadline, kept with the deadlines; null when none is left or the matter is closed.
    `time_on` is the day of the first time offered and not yet marked, kept with the times; `remind_on` a day that the
    worker set, or the municipality's default where nothing else was left. The earliest of all is `next_on`, which no
    open matter is without.
    `routed` is the written reason of the rule that put it where it began. `held_since` marks a new matter that waits
    for capacity while its deadlines run.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False, related_name="matters")
    kind = models.CharField(_("type"), max_length=20, choices=MatterKind.choices)
    source = models.CharField(_("source"), max_length=20, choices=MatterSource.choices)
    arrived = models.DateField(_("arrived"))
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    summary = models.CharField(_("what it is about"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=10_000)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    assigned_at = models.DateTimeField(null=True, blank=True)
    seen_by_assignee = models.BooleanField(default=True)
    state = models.CharField(_("state"), max_length=20, choices=MatterState.choices, default=MatterState.NEW)
    waiting_until = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    time_on = models.DateField(null=True, blank=True)
    next_on = models.GeneratedField(
        expression=Least("due", "waiting_until", "remind_on", "time_on"),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    changed_after_closing = models.BooleanField(default=False)
    routed = models.CharField(max_length=200, blank=True, default="", db_default="")
    held_since = models.DateField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_contact_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    returns_by_default: datetime.date | None = None
    """No column: the reminder that the last settling set, because nothing else was left."""

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["next_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at=None, outcome=""),
                name="closed_has_outcome",
                violation_error_message=_("A closed matter has an outcome."),
            ),
            models.CheckConstraint(
                condition=Q(waiting_until=None) | Q(state__in=["waiting_client", "waiting_information"]),
                name="waiting_until_only_when_waiting",
            ),
            models.CheckConstraint(
                condition=Q(held_since=None) | Q(state="new", urgent=False) & ~Q(kind="application"),
                name="held_is_new_and_can_wait",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False)
                | Q(due__isnull=False)
                | Q(waiting_until__isnull=False)
                | Q(remind_on__isnull=False)
                | Q(time_on__isnull=False),
                name="open_has_a_next_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "next_on", "id"],
                condition=Q(closed_at=None),
                name="matter_open_by_next",
            ),
            models.Index(
                fields=["municipality", "assignee", "next_on", "id"],
                condition=Q(closed_at=None),
                name="matter_mine_by_next",
            ),
            models.Index(fields=["municipality", "arrived", "kind"], name="matter_by_arrival"),
            models.Index(
                fields=["municipality", "held_since", "id"],
                condition=Q(held_since__isnull=False),
                name="matter_held",
            ),
            models.Index(
                fields=["municipality", "closed_at", "id"],
                condition=Q(closed_at__isnull=False),
                name="matter_by_closing",
            ),
            models.Index(fields=["client", "-arrived", "-id"], name="matter_of_client"),
            models.Index(
                fields=["municipality", "assignee"],
                condition=Q(changed_after_closing=True),
                name="matter_changed_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"matter {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    def other_matters(self) -> list["Matter"]:
        """The client's others, the latest first, as `for_page` has read them: whoever sees one of them sees all."""
        return from_json(Matter, getattr(self, "others", ()))

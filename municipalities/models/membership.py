import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import keep_history
from municipalities.models.municipality import Municipality
from municipalities.models.unit import Unit


class Role(models.TextChoices):
    """The roles that a membership gives. Installation admin is a mark on the user: it belongs to no municipality."""

    SOCIAL_WORKER = "social_worker", _("social worker")
    SOCIAL_COUNSELLOR = "social_counsellor", _("social counsellor")
    SUPERVISOR = "supervisor", _("supervisor of social work")
    COORDINATOR = "coordinator", _("coordinator")
    ADMIN = "admin", _("admin")
    RESEARCHER = "researcher", _("researcher")


WORKERS = frozenset({Role.SOCIAL_WORKER, Role.SOCIAL_COUNSELLOR})
CASEWORK = WORKERS | {Role.SUPERVISOR}
NEEDS_SECOND = CASEWORK | {Role.ADMIN}
"""Roles that nobody gives or widens alone: those that open casework, and the one that confirms them."""
CONFIRMERS = frozenset({Role.ADMIN, Role.SUPERVISOR})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, day: datetime.date | None = None) -> Self:
        """Memberships whose period holds `day` (today)."""
        day = day or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def not_over(self, day: datetime.date | None = None) -> Self:
        """Memberships in force on `day` (today) or later."""
        return self.filter(Q(ends=None) | Q(ends__gte=day or timezone.localdate()))


@keep_history("MembershipHistory")
class Membership(models.Model):
    """What a person is in a municipality, in which unit and when. A researcher's has no municipality."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("unit"),
    )
    starts = models.DateField(_("starts"), default=timezone.localdate)
    ends = models.DateField(_("ends"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # the second person, where one was needed
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(municipality=None, role=Role.RESEARCHER) | Q(municipality__isnull=False),
                name="membership_has_municipality",
                violation_error_message=_("Choose the municipality."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    @property
    def is_over(self) -> bool:
        return self.ends is not None and self.ends < timezone.localdate()

    @property
    def has_begun(self) -> bool:
        return self.starts <= timezone.localdate()

"""Asiakkuus and own worker."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.client import Client
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow, Unit


class CaseQuerySet(ClientOwnedQuerySet["Case"]):
    pass


@keep_history("CaseHistory")
class Case(MunicipalRow):
    """The client relation: opened by a worker from a matter, never by a notice alone; closed with a recorded ground."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="cases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    closing_ground = models.TextField(blank=True, max_length=2000)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(closed_at=None),
                name="one_open_case",
                violation_error_message=_("The client already has an open case."),
            )
        ]
        indexes = [models.Index(fields=["municipality", "opened_at"], name="case_by_opening")]

    def __str__(self) -> str:
        return f"case {self.pk}"


class OwnWorkerQuerySet(ClientOwnedQuerySet["OwnWorker"]):
    pass


@keep_history("OwnWorkerHistory")
class OwnWorker(MunicipalRow):
    """Omatyöntekijä (sosiaalihuoltolaki 42 §) as an assignment with a history: a change ends one and begins another."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="own_workers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started = models.DateField(default=timezone.localdate)
    ended = models.DateField(null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OwnWorkerQuerySet.as_manager()

    class Meta:
        ordering = ["-started", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client"], condition=Q(ended=None), name="one_own_worker"),
        ]
        indexes = [models.Index(fields=["user", "client"], condition=Q(ended=None), name="own_clients")]

    def __str__(self) -> str:
        return f"own worker {self.pk}"

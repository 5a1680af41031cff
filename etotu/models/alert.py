"""What the admins of a municipality are told of, in the program and by e-mail: nothing of it is personal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etotu.models.batch import Batch
from municipalities.models import Municipality


class Alert(models.Model):
    """A rejected or incomplete batch, rows to repair, or a day on which nothing came from Kela. Told once.

    Without a municipality it is for the installation admins: a file from folder or command, or unplaced rows.
    """

    class Kind(models.TextChoices):
        REJECTED = "rejected", _("A file was rejected")
        INCOMPLETE = "incomplete", _("A batch is incomplete")
        QUARANTINED = "quarantined", _("Rows wait for correction")
        CLAIMED = "claimed", _("A number belongs to another notice of Kela")
        MISSING_DAY = "missing_day", _("No batch came from Kela")

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="alerts")
    day = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    emailed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "batch", "day"], name="alert_once", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "-created_at"], condition=Q(seen_at=None), name="alert_unseen"),
            models.Index(fields=["created_at"], condition=Q(emailed_at=None), name="alert_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

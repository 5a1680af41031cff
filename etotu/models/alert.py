"""What the admins of a municipality are told of, in the program and by e-mail: nothing of it is personal."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from etotu.models.batch import Batch
from municipalities.models import MunicipalRow


class Alert(MunicipalRow):
    """A rejected or incomplete batch, rows to repair, or a day on which nothing came from Kela. Told once."""

    class Kind(models.TextChoices):
        REJECTED = "rejected", _("A file was rejected")
        INCOMPLETE = "incomplete", _("A batch is incomplete")
        QUARANTINED = "quarantined", _("Rows wait for correction")
        MISSING_DAY = "missing_day", _("No batch came from Kela")

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

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

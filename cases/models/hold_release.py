from django.db import models
from django.utils import timezone

from municipalities.models import MunicipalRow


class HoldRelease(MunicipalRow):
    """That the week's share of the held matters was released. Append-only.

    `week` is its Monday. Once the row is there the week is done, however often it is tried again.
    """

    week = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-week"]
        constraints = [models.UniqueConstraint(fields=["municipality", "week"], name="released_once_a_week")]

    def __str__(self) -> str:
        return f"release of {self.week:%Y-%m-%d}"

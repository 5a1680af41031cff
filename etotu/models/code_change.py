"""What was done to the code lists of notices, by whom. Append-only; no client's data."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import Code


class CodeChange(models.Model):
    class Kind(models.TextChoices):
        ADDED = "added", _("Added a code")
        ENDED = "ended", _("Ended a code")

    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # the last day of an ended code
    last_day = models.DateField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"

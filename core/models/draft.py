"""Drafts: what somebody typed and has not saved yet. Encrypted, seen by its author only, gone when saved."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """One draft for (user, municipality, form, object); `object` names the record, such as `matter:12`, or is empty."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    municipality_id = models.IntegerField()
    form = models.CharField(max_length=40)
    object = models.CharField(max_length=60, blank=True)
    body = models.BinaryField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality_id", "form", "object"],
                name="one_draft_for_a_form",
            )
        ]
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return f"{self.form} {self.object}"

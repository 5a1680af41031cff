from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import MunicipalRow


class Looked(models.TextChoices):
    """What was done to a client's data."""

    OPENED = "opened", _("opened")
    LISTED = "listed", _("seen in a list")
    SEARCHED = "searched", _("found by search")
    REVEALED = "revealed", _("protected data shown")
    PRINTED = "printed", _("printed")
    EXPORTED = "exported", _("exported")
    REFUSED = "refused", _("access refused")


class AccessLog(MunicipalRow):
    """Käyttöloki: who looked at whose data, when and on which page. Append-only.

    A page of a list is one row with the ids of the clients it showed. `page` is the name of the URL, `detail` what
    was revealed, as a code; never a person's data.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=10, choices=Looked.choices)
    page = models.CharField(max_length=60)
    detail = models.CharField(max_length=60, blank=True)
    client_ids = ArrayField(models.BigIntegerField())

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            GinIndex(fields=["client_ids"], name="access_log_clients"),
            models.Index(fields=["municipality", "-at"], name="access_log_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"

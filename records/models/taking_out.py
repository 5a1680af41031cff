"""What was taken out of the program, of which version, by whom: a disclosure (asiakastietolaki 703/2023)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.owned import ClientOwnedQuerySet
from municipalities.models import MunicipalRow
from records.models.document import Version


class Way(models.TextChoices):
    WHOLE = "whole", _("the whole text was copied")
    FIELD = "field", _("one field was copied")
    STRUCTURED = "structured", _("the structured file was taken")
    PDF = "pdf", _("the PDF was opened")
    CARRIED = "carried", _("marked as carried to the main system")


class TakingOutQuerySet(ClientOwnedQuerySet["TakingOut"]):
    to_client = "version__document__client__"


class TakingOut(MunicipalRow):
    """Append-only. `field` names the one field that was copied. Without `by` it was a command at the server."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="taken_out")
    way = models.CharField(max_length=10, choices=Way.choices)
    field = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = TakingOutQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["version", "-at"], name="taking_out_of_version")]

    def __str__(self) -> str:
        return f"{self.way} {self.version_id}"

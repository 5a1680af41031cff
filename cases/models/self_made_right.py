"""What somebody opened for themselves: the supervisor looks at it afterwards (`domain.md`, Access)."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.client import Client
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow


class SelfMadeKind(models.TextChoices):
    MATTER = "matter", _("opened a matter for a client with whom there was no relation")
    OWN_WORKER = "own_worker", _("became the own worker without another relation")
    REVEAL = "reveal", _("showed protected details without having been given the client by anybody else")
    MANY = "many", _("showed protected details unusually many times")


class SelfMadeRightQuerySet(ClientOwnedQuerySet["SelfMadeRight"]):
    not_found = _("There is no such row.")

    def waiting(self) -> Self:
        """Those that no supervisor has looked at yet."""
        return self.filter(looked_at=None)


@keep_history("SelfMadeRightHistory")
class SelfMadeRight(MunicipalRow):
    """A right or a look that nobody else gave, with the person's own reason. `client` is empty for many at once."""

    kind = models.CharField(max_length=12, choices=SelfMadeKind.choices)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, null=True, related_name="self_made_rights")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(_("reason"), max_length=1000)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    remark = models.TextField(_("remark"), max_length=1000, blank=True, default="")

    objects = SelfMadeRightQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "-at"], name="self_made_by_time"),
            models.Index(fields=["user", "kind", "-at"], name="self_made_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

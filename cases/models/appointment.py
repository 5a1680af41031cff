from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.client import Client
from cases.models.contact import Contact
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow


class AppointmentState(models.TextChoices):
    OFFERED = "offered", pgettext_lazy("appointment", "Offered")
    MET = "met", pgettext_lazy("appointment", "Met")
    MISSED = "missed", pgettext_lazy("appointment", "The client did not come")
    CANCELLED_BY_CLIENT = "cancelled_by_client", pgettext_lazy("appointment", "Cancelled by the client")
    CANCELLED_BY_OFFICE = "cancelled_by_office", pgettext_lazy("appointment", "Cancelled by the office")


CANCELLED = frozenset({AppointmentState.CANCELLED_BY_CLIENT, AppointmentState.CANCELLED_BY_OFFICE})


class AppointmentQuerySet(ClientOwnedQuerySet["Appointment"]):
    not_found = _("There is no such appointment, or it is not yours to see.")

    def for_page(self) -> Self:
        return self.select_related("municipality", "client", "worker", "matter", "contact")


@keep_history("AppointmentHistory")
class Appointment(MunicipalRow):
    """A time offered to a client and what became of it. One that was kept or missed has its contact."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="appointments")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=AppointmentState.choices, default=AppointmentState.OFFERED
    )
    note = models.TextField(_("note"), blank=True, max_length=2000)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="appointment")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["municipality", "at"], name="appointment_by_time"),
            models.Index(fields=["client"], name="appointment_of_client"),
            models.Index(fields=["worker", "at"], condition=models.Q(state="offered"), name="appointment_ahead"),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

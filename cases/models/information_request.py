from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.client import Client
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("information request", "Waiting")
    ANSWERED = "answered", pgettext_lazy("information request", "Came")
    EXPIRED = "expired", pgettext_lazy("information request", "The time ran out")
    WITHDRAWN = "withdrawn", pgettext_lazy("information request", "Withdrawn")


class InformationRequestQuerySet(ClientOwnedQuerySet["InformationRequest"]):
    pass


@keep_history("InformationRequestHistory")
class InformationRequest(MunicipalRow):
    """Yksilöity täydennyspyyntö (toimeentulotukilaki 14 c §): what is asked for, item by item, and until when.

    Sending it meets the duty to decide; a new time runs from the day on which the information came or the time given
    (`limit`) ran out.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="information_requests")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="information_requests")
    items = models.JSONField(default=list)
    note = models.TextField(_("to the client"), blank=True, max_length=2000)
    sent_on = models.DateField(default=timezone.localdate)
    limit = models.DateField(_("time given until"))
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(_("what came"), blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=models.Q(state="open"),
                name="one_open_information_request",
                violation_error_message=_("Information has been asked for already."),
            ),
            models.CheckConstraint(
                condition=models.Q(limit__gt=models.F("sent_on")),
                name="information_request_gives_time",
                violation_error_message=_("Give time until a day after the request."),
            ),
        ]
        indexes = [
            models.Index(fields=["limit"], condition=models.Q(state="open"), name="information_awaited"),
        ]

    def __str__(self) -> str:
        return f"information request {self.pk}"

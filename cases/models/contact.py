from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.client import Client
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow


class Channel(models.TextChoices):
    CALL = "call", _("call")
    MESSAGE = "message", _("message")
    LETTER = "letter", _("letter")
    VISIT = "visit", _("visit")
    MEETING = "meeting", _("meeting")


class ContactOutcome(models.TextChoices):
    REACHED = "reached", _("reached the client")
    NO_ANSWER = "no_answer", _("no answer")
    LEFT_MESSAGE = "left_message", _("left a message")
    SENT = "sent", _("sent")
    DID_NOT_COME = "did_not_come", _("the client did not come")


REACHING = frozenset({ContactOutcome.REACHED})


class ContactQuerySet(ClientOwnedQuerySet["Contact"]):
    pass


@keep_history("ContactHistory")
class Contact(MunicipalRow):
    """A call, message, letter, visit or meeting with what came of it; one that did not reach counts as an attempt."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contacts")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts")
    channel = models.CharField(_("what was done"), max_length=10, choices=Channel.choices)
    outcome = models.CharField(_("how it went"), max_length=20, choices=ContactOutcome.choices)
    at = models.DateTimeField(_("when"), default=timezone.now)
    text = models.TextField(_("what was agreed"), blank=True, max_length=10_000)
    client_words = models.TextField(_("in the client's own words"), blank=True, max_length=10_000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["client", "-at"], name="contact_of_client"),
            models.Index(fields=["matter", "-at"], name="contact_of_matter"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def reached(self) -> bool:
        return self.outcome in REACHING

"""Letters to clients: the municipality's templates, and each letter as it was written."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.client import Client
from cases.models.contact import Contact
from cases.models.matter import Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow


class LetterKind(models.TextChoices):
    NOT_REACHED = "not_reached", _("we tried to reach you")
    INFORMATION_REQUEST = "information_request", _("request for missing information")
    APPOINTMENT = "appointment", _("invitation to an appointment")


class LetterLanguage(models.TextChoices):
    FINNISH = "fi", _("Finnish")
    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")


@keep_history("LetterTemplateHistory")
class LetterTemplate(MunicipalRow):
    """The municipality's own words of a letter in a language; without a row the program's words are used.

    `body` may hold the fields that `cases.letters.verbs` names, such as {name}; paragraphs are parted by an empty
    line.
    """

    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    language = models.CharField(max_length=5, choices=LetterLanguage.choices)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=10_000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "language"], name="letter_template_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"


class LetterQuerySet(ClientOwnedQuerySet["Letter"]):
    not_found = _("There is no such letter, or it is not yours to see.")

    def for_page(self) -> Self:
        return self.select_related("client", "matter", "made_by", "sent_by")


@keep_history("LetterHistory")
class Letter(MunicipalRow):
    """A letter with its finished words. It counts as sent, and as an attempt, once somebody marks it so.

    `batch` is shared by the letters that were made together. The address is that of the day on which it was made.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="letters")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind.choices)
    language = models.CharField(max_length=5, choices=LetterLanguage.choices)
    batch = models.UUIDField(default=uuid.uuid4, editable=False)
    recipient = models.CharField(max_length=400)
    street = models.CharField(max_length=200, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    post_office = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=200)
    body = models.TextField(max_length=20_000)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="letter")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["client"], name="letter_of_client"),
            models.Index(fields=["municipality", "batch"], name="letter_of_batch"),
            models.Index(fields=["municipality", "made_at"], condition=models.Q(sent_on=None), name="letter_unsent"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

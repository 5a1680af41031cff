"""A document of a client: one open version at most, and the finished ones, which nobody changes."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Client, Contact, Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from municipalities.models import MunicipalRow

ZERO = 0


class DocumentQuerySet(ClientOwnedQuerySet["Document"]):
    not_found = _("There is no such document.")

    def for_page(self) -> Self:
        return self.select_related("client", "municipality", "matter", "created_by", "open_version__started_by")

    def finished(self) -> Self:
        return self.filter(latest__gt=ZERO, cancelled_at=None)


@keep_history("DocumentHistory")
class Document(MunicipalRow):
    """A document through its versions. `number` is that of its structure, such as "1012"; `latest` the number of its
    newest finished version, 0 while there is none. `happened_at` is when what a note tells of took place,
    `contact` the contact that was recorded with it.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="documents")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    number = models.CharField(max_length=10)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    latest = models.PositiveSmallIntegerField(default=ZERO)
    happened_at = models.DateTimeField(null=True, blank=True)
    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="note")
    finished_at = models.DateTimeField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_on = models.DateField(_("review"), null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.TextField(_("why it is cancelled"), max_length=1000, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["client", "number", "-created_at"], name="document_of_client"),
            models.Index(fields=["matter", "number"], name="document_of_matter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason=""),
                name="document_cancelled_with_a_reason",
                violation_error_message=_("Write why the document is cancelled."),
            ),
            models.CheckConstraint(
                condition=Q(latest=ZERO, finished_at=None, author=None)
                | Q(latest__gt=ZERO, finished_at__isnull=False, author__isnull=False),
                name="document_finished_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.latest > ZERO


class VersionText(MunicipalRow):
    """What an open and a finished version both have.

    `structure` is the identifier of the national structure that it is written in, `content` its fields
    (`records.content.values`), `aside` what is ours and has no place there: who was with, what was not asked, the
    client's own words of a note. `reason` tells of a later version why it was made.
    """

    structure = models.CharField(max_length=60)
    language = models.CharField(max_length=2, default="fi")
    content = models.JSONField(default=dict)
    aside = models.JSONField(default=dict)
    reason = models.TextField(_("why it is corrected"), max_length=1000, blank=True)

    class Meta:
        abstract = True


class OpenVersionQuerySet(ClientOwnedQuerySet["OpenVersion"]):
    to_client = "document__client__"
    not_found = _("There is no such document.")

    def for_page(self) -> Self:
        return self.select_related("document__client", "document__matter", "municipality", "started_by")


class OpenVersion(VersionText):
    """The version that is being written: one at a time. `saves` counts: nobody writes over what was not seen."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="open_version")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    saves = models.PositiveIntegerField(default=ZERO)

    objects = OpenVersionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["started_by", "-saved_at"], name="open_version_of_author")]

    def __str__(self) -> str:
        return f"open version of {self.document_id}"


class VersionQuerySet(ClientOwnedQuerySet["Version"]):
    to_client = "document__client__"
    not_found = _("There is no such version.")

    def for_page(self) -> Self:
        return self.select_related("document__client", "document__matter", "municipality")


class Version(VersionText):
    """A finished version: added once, never changed (a trigger refuses it). The author is kept as of that day."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=120)
    author_title = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(default=timezone.now)
    digest = models.CharField(max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="version_once"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | Q(number__gt=1) & ~Q(reason=""),
                name="version_corrects_with_a_reason",
                violation_error_message=_("Write why the document is corrected."),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.document_id}"

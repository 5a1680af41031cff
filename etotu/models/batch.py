"""A file of notices as it was received, and what came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality, MunicipalRow


class BatchStatus(models.TextChoices):
    """`received` and `loading` are unfinished: the sweeper takes them up. The others are for good."""

    RECEIVED = "received", _("Waiting")
    LOADING = "loading", _("Being processed")
    LOADED = "loaded", _("Ready")
    REJECTED = "rejected", _("Rejected")
    REPEAT = "repeat", _("Same file again")


UNFINISHED = (BatchStatus.RECEIVED, BatchStatus.LOADING)


class Via(models.TextChoices):
    UPLOAD = "upload", _("upload")
    FOLDER = "folder", _("folder")
    COMMAND = "command", _("command")


class Counts(models.Model):
    """Counts of rows handled one by one in file order; received = the sum of the others (rule 10)."""

    received = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    flagged = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


def counts_add_up(name: str) -> models.CheckConstraint:
    parts = (
        models.F("accepted") + models.F("updated") + models.F("duplicate") + models.F("stale") + models.F("quarantined")
    )
    return models.CheckConstraint(condition=Q(received=parts), name=name)


class Batch(Counts):
    """One received file. It belongs to the installation and may hold rows of several municipalities (rule 12).

    The bytes are in `BatchPiece`; size, hash and counts stay when those are destroyed. `fault` says why a file was
    rejected: {"code", "line", "column", "params"}.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file_name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    via = models.CharField(max_length=10, choices=Via.choices)
    received_at = models.DateTimeField()
    arrived = models.DateField()
    delivered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_in = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")
    given_sender = models.CharField(max_length=64, default="KELA")
    sender = models.CharField(max_length=64, blank=True)
    batch_code = models.CharField(max_length=255, blank=True)
    declared_count = models.PositiveIntegerField(null=True, blank=True)
    incomplete = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=BatchStatus.choices, default=BatchStatus.RECEIVED)
    repeat_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fault = models.JSONField(null=True, blank=True)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [counts_add_up("batch_counts_add_up")]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=Q(status__in=["received", "loading"]),
                name="batch_unfinished",
            ),
            models.Index(fields=["sha256"], name="batch_by_hash"),
            models.Index(fields=["-received_at", "-id"], name="batch_by_time"),
        ]

    def __str__(self) -> str:
        return self.batch_code or f"batch {self.pk}"

    @property
    def finished(self) -> bool:
        return self.status not in UNFINISHED


class BatchPiece(models.Model):
    """A piece of the file as received, at most 1 MiB, encrypted. Read by ingestion only, never by a page."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["batch", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="piece_once")]

    def __str__(self) -> str:
        return f"piece {self.number} of batch {self.batch_id}"


class BatchShare(Counts, MunicipalRow):
    """What a batch holds for one municipality: its counts. Also made, with zeros, where the file was uploaded.

    A municipality sees exactly the batches of which it has a share.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="shares")

    class Meta:
        ordering = ["-batch__received_at", "-batch"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "batch"], name="share_once"),
            counts_add_up("share_counts_add_up"),
        ]

    def __str__(self) -> str:
        return f"share of batch {self.batch_id}"

"""The received content and provenance of a matter that came from Kela."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Matter
from cases.models.owned import ClientOwnedQuerySet
from core.history import keep_history
from etotu.models.batch import Batch
from municipalities.models import BulkMunicipalRow


class NoticeQuerySet(ClientOwnedQuerySet["Notice"]):
    to_client = "matter__client__"


@keep_history("NoticeHistory")
class Notice(BulkMunicipalRow):
    """A notice in its current version; older contents are its history rows, each with the batch that brought it.

    `content` is what `etotu.parsing` gives as JSON, without person and attachments. `flags` are codes of what was
    odd but did not stop it. Provenance: who sent it, when, in which batch, on which legal basis and for what purpose
    (laki sosiaalihuollon asiakasasiakirjoista 11 §); basis and purpose follow from the kind, see `etotu.provenance`.

    A transfer leaves a notice in each municipality: the one in force has no `past_hop`, the others are numbered from
    0. `sent_to` is the municipality to which the sender addressed it, when it is another than this row's.

    `claimed_in`: the number came by an upload, in a row addressed to that municipality, and by no channel of Kela's
    yet. Kela's own notice of that number is entered beside it (rule 12 of the exchange format).
    """

    sender = models.CharField(max_length=64)
    number = models.CharField(_("notice number"), max_length=64)
    version = models.PositiveIntegerField()
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="notice")
    batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="notices"
    )
    first_batch = models.ForeignKey(
        Batch, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    position = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    content = models.JSONField()
    content_hash = models.BinaryField(max_length=32)
    flags = models.JSONField(default=list)
    past_hop = models.PositiveSmallIntegerField(null=True, blank=True)
    sent_to = models.SmallIntegerField(null=True, blank=True)
    claimed_in = models.SmallIntegerField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "number", "past_hop", "claimed_in"],
                name="notice_once_in_force",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["batch", "municipality"], name="notice_of_batch")]

    def __str__(self) -> str:
        return self.number


class AttachmentQuerySet(ClientOwnedQuerySet["Attachment"]):
    to_client = "notice__matter__client__"
    not_found = _("There is no such attachment, or it is not yours to see.")

    def for_page(self) -> Self:
        return self.select_related("notice__matter")


class Attachment(BulkMunicipalRow):
    """A file that came with a notice, encrypted; served only as a download with a safe name and type.

    `ordinal` is its place among those that came with this version, from 1; its bytes are bound to it.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="attachments")
    version = models.PositiveIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255)
    mime = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    data = models.BinaryField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["notice", "-version", "pk"]

    def __str__(self) -> str:
        return f"attachment {self.pk}"

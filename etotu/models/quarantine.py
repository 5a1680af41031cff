from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Matter
from etotu.models.batch import Batch
from municipalities.models import Municipality


class QuarantineState(models.TextChoices):
    OPEN = "open", _("Open")
    REPEATED = "repeated", _("The same row as one that is open")
    REPLACED = "replaced", _("Replaced by a later row")
    RELEASED = "released", _("Released")
    DISCARDED = "discarded", _("Discarded")


class QuarantineRow(models.Model):
    """A row with faults. The original, with its attachments, is kept encrypted (`etotu.loading.originals`).

    At most one row of a person's notice is open: one that comes again is kept as `repeated`, an older one as
    `replaced`. `person` and `names` are keyed hashes of the whole installation, empty where they cannot be read: a row
    of another person under the same number stays open beside it.

    `faults` is a list of {"field", "code", "params"}: never a person's value. Without a municipality the row is
    unplaced and only the installation admin sees it; `of_others` when it names one in which whoever brought or
    corrected it has no role (rule 12). A row without `number` is known by its content hash.
    `corrected` holds what people typed over the original, encrypted like it; `edits` counts, so that a later save of
    an older form is refused. `matter` is what a released row opened or changed.
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="quarantine")
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField(null=True)
    sender = models.CharField(max_length=64)
    number = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=60, blank=True)
    content_hash = models.BinaryField(max_length=32)
    person = models.BinaryField(max_length=32, null=True)
    names = models.BinaryField(max_length=32, null=True)
    of_others = models.BooleanField(default=False, db_default=False)
    faults = models.JSONField()
    original = models.BinaryField()
    state = models.CharField(max_length=10, choices=QuarantineState.choices, default=QuarantineState.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    discard_reason = models.CharField(_("reason"), max_length=500, blank=True, db_default="")
    corrected = models.BinaryField(null=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    edits = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["batch", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "number", "municipality", "content_hash", "version", "of_others"],
                condition=Q(state="open") & ~Q(number=""),
                name="open_quarantine_row_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["sender", "content_hash", "municipality", "of_others"],
                condition=Q(state="open", number=""),
                name="open_unnumbered_row_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "batch", "position"], name="quarantine_of_batch"),
            # of all states: one of the open rows only would be read whole for each row that a load looks up
            models.Index(fields=["municipality", "state", "created_at"], name="quarantine_by_state"),
        ]

    def __str__(self) -> str:
        return f"quarantine row {self.pk}"


class QuarantineAction(models.Model):
    """Who did what to a faulty row. Append-only; `fields` names what was corrected, never a person's value."""

    class Kind(models.TextChoices):
        CORRECTED = "corrected", _("Corrected")
        RELEASED = "released", _("Released")
        DISCARDED = "discarded", _("Discarded")
        PLACED = "placed", _("Placed in a municipality")
        HANDED_OVER = "handed_over", _("Given to the installation admin, for another municipality")
        CHECKED_AGAIN = "checked_again", _("Checked again after a code list was extended")

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    row = models.ForeignKey(QuarantineRow, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    fields = models.JSONField(default=list)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["row", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"

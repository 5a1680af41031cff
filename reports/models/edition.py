"""The numbers of a municipality as they were published: rows that are only ever added."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality, MunicipalRow


class EditionQuerySet(models.QuerySet["Edition"]):
    def of(self, municipality: Municipality) -> Self:
        """Newest period first, with who made each and what corrected it."""
        own = self.filter(municipality=municipality).order_by("-last", "-first", "-version")
        return own.select_related("made_by", "corrects", "corrected_by")

    def published(self, municipality: Municipality, period: str) -> "Edition | None":
        """What holds of a period: its latest edition."""
        return self.of(municipality).filter(period=period).first()


class Edition(MunicipalRow):
    """The published numbers of one closed period, frozen: never counted anew, never changed.

    `period` is the key of a `reports.publishing.periods.EditionPeriod`. `tables` are those of
    `reports.publishing.tables` with what is hidden as a word in place of its number: the number itself is nowhere in
    the row. `definitions` keeps what each table counts, in words, and a fingerprint of the words and of the program
    that counted. A correction is an edition of the same period that names the one it corrects, and why.
    """

    period = models.CharField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    smallest = models.PositiveSmallIntegerField()
    definitions = models.JSONField()
    tables = models.JSONField()
    audit = models.JSONField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField(_("why it is corrected"), max_length=500, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-last", "-first", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "period", "version"], name="edition_once"),
            models.CheckConstraint(
                condition=models.Q(version=1, corrects=None, reason="")
                | models.Q(version__gt=1, corrects__isnull=False) & ~models.Q(reason=""),
                name="edition_corrects_with_a_reason",
                violation_error_message=_("Write why the numbers are corrected."),
            ),
            models.CheckConstraint(condition=models.Q(smallest__gte=3), name="edition_hides_under_three"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.period} {self.version}"

"""What a municipality has chosen where the law leaves room (`docs/domain.md`, Defaults)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import keep_history
from core.working_days import WorkingDayReading
from municipalities.models.municipality import Municipality


class Reading(models.TextChoices):
    """Which of the two readings of *arkipäivä* (laki 150/1930) the shown day follows."""

    STRICT = WorkingDayReading.STRICT.value, _("the earlier day: an eve counts inside the time")
    WIDE = WorkingDayReading.WIDE.value, _("the later day: an eve never counts")


def monday_to_friday() -> list[int]:
    return [1, 2, 3, 4, 5]


class LocalSettingsQuerySet(models.QuerySet["LocalSettings"]):
    def of(self, municipality: Municipality | int) -> "LocalSettings":
        """The municipality's own, or the defaults, unsaved."""
        key = municipality if isinstance(municipality, int) else municipality.pk
        return self.filter(pk=key).first() or LocalSettings(municipality_id=key)

    def as_read(self, municipality: Municipality) -> "LocalSettings":
        """As they were read with the municipality, which costs a page no statement; else as `of`."""
        if not LocalSettings.municipality.field.remote_field.is_cached(municipality):
            return self.of(municipality)
        return getattr(municipality, "local_settings", None) or LocalSettings(municipality_id=municipality.pk)


@keep_history("LocalSettingsHistory")
class LocalSettings(models.Model):
    """The settings of one municipality; a municipality without a row has the defaults. No client's data."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.PROTECT, primary_key=True, related_name="local_settings"
    )
    attempts_before_letter = models.PositiveSmallIntegerField(
        _("attempts before the letter"), default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    silent_days = models.PositiveSmallIntegerField(
        _("days after which a client is silent"), default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    partner_silent_days = models.PositiveSmallIntegerField(
        _("days after which a partner is asked again"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    held_per_week = models.PositiveSmallIntegerField(
        _("held matters released a week"), default=15, validators=[MaxValueValidator(10_000)]
    )
    return_days = models.PositiveSmallIntegerField(
        _("working days until one returns to a matter"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    return_days_urgent = models.PositiveSmallIntegerField(
        _("working days until one returns to an urgent matter"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    working_days = models.CharField(
        _("reading of a working day"), max_length=10, choices=Reading.choices, default=Reading.STRICT
    )
    kela_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("days on which Kela sends"),
        default=monday_to_friday,
        blank=True,
    )
    letter_sender = models.TextField(_("sender of letters"), blank=True, max_length=500)
    letter_contact = models.TextField(_("where to turn"), blank=True, max_length=500)
    version = models.PositiveIntegerField(default=1)

    objects = LocalSettingsQuerySet.as_manager()

    class Meta:
        ordering = ["municipality"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(return_days_urgent__lte=models.F("return_days")),
                name="urgent_returns_no_later",
                violation_error_message=_("An urgent matter cannot be returned to later than another."),
            ),
        ]

    def __str__(self) -> str:
        return f"settings of {self.municipality_id}"

    @property
    def reading(self) -> WorkingDayReading:
        return WorkingDayReading(self.working_days)

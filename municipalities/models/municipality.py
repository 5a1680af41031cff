from typing import Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class WellbeingCounty(models.Model):
    """Hyvinvointialue; the receiver of notices since 1.1.2023."""

    code = models.CharField(max_length=2, primary_key=True)
    name_fi = models.CharField(max_length=80)
    name_sv = models.CharField(max_length=80)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_sv if get_language() == "sv" else self.name_fi


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def with_code(self, code: str) -> Self:
        """The municipality with this three-digit code; none for any other text."""
        return self.filter(pk=int(code)) if len(code) == 3 and code.isascii() and code.isdigit() else self.none()


class Municipality(models.Model):
    """Kunta. The key is the municipality code as a number: 5 is Alajärvi, "005"."""

    id = models.SmallIntegerField(primary_key=True)
    name_fi = models.CharField(max_length=60)
    name_sv = models.CharField(max_length=60)
    county = models.ForeignKey(WellbeingCounty, on_delete=models.PROTECT, null=True, blank=True)
    languages = models.CharField(max_length=5, help_text=_("fi, sv or both, the majority's first"))
    in_2018 = models.BooleanField()
    in_2026 = models.BooleanField()

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["name_fi"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id__gt=0, id__lt=1000),
                name="municipality_code_three_digits",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        return f"{self.pk:03d}"

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return self.name_sv if get_language() == "sv" else self.name_fi


class TrialPeriod(models.Model):
    """When a municipality took part in the trial of inclusive social security. It never limits use of the program."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="trial_periods")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["municipality", "starts"]

    def __str__(self) -> str:
        return f"{self.municipality} {self.starts}–{self.ends or ''}"

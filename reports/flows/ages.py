"""The age groups in which people are counted: few and wide, so that few numbers have to be hidden."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgeGroup(models.TextChoices):
    """Full years on the day that counts."""

    UNDER_25 = "0-24", _("under 25 years")
    UNDER_40 = "25-39", "25–39"
    UNDER_60 = "40-59", "40–59"
    OVER = "60-", _("60 years or over")
    UNKNOWN = "unknown", _("age not known")

    @property
    def years(self) -> tuple[int, int | None] | None:
        """The first year that belongs to the group and the first that does not; None where no age is known."""
        return _YEARS.get(self)


_YEARS: dict[AgeGroup, tuple[int, int | None]] = {
    AgeGroup.UNDER_25: (0, 25),
    AgeGroup.UNDER_40: (25, 40),
    AgeGroup.UNDER_60: (40, 60),
    AgeGroup.OVER: (60, None),
}

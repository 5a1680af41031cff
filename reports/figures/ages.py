"""The age groups of the figures: few and wide, so that few numbers have to be hidden."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AGE_GROUPS: Final[dict[str, tuple[int, int | None]]] = {
    "0-24": (0, 25),
    "25-39": (25, 40),
    "40-59": (40, 60),
    "60-": (60, None),
}
"""Full years: the first that belongs to the group and the first that does not."""
UNKNOWN_AGE: Final = "unknown"
AGE_LABELS: Final[dict[str, str | Promise]] = {
    "0-24": _("under 25 years"),
    "25-39": "25–39",
    "40-59": "40–59",
    "60-": _("60 years or over"),
    UNKNOWN_AGE: _("age not known"),
}

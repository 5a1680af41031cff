"""What is hidden of numbers that leave the casework: why, in which words, and from which count on they are shown.

Which cells are hidden, and the proof that none can be computed, are those of an edition (`reports/publishing`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.utils.translation import gettext

LEAST_SMALLEST: Final = 3
LEAST_MUNICIPALITIES: Final = 3


class Reason(StrEnum):
    SMALL = "small"
    COMPLEMENTARY = "complementary"


@dataclass(frozen=True, slots=True)
class Cell:
    count: int | None  # None when hidden
    reason: Reason | None = None


def smallest_cell() -> int:
    """The smallest count above zero that is shown. ValueError when the setting is under three."""
    smallest: int = settings.SMALLEST_CELL
    if smallest < LEAST_SMALLEST:
        raise ValueError(f"the smallest shown count may not be under {LEAST_SMALLEST}")
    return smallest


def hidden_words(reason: Reason, smallest: int | None = None) -> str:
    """What stands in place of a hidden count: "alle 5", "peitetty"."""
    if reason is Reason.COMPLEMENTARY:
        return gettext("hidden")
    return gettext("under %(smallest)s") % {"smallest": smallest or smallest_cell()}


def shared(cells: Collection[Cell]) -> Cell:
    """A number of several municipalities together, from what each has published of it.

    At least three have to have it above zero, unless all have zero, and none may have it hidden: the sum would tell a
    lone hidden one, and nobody outside knows the others to add them.
    """
    counts = [cell.count for cell in cells]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts) or len(counts) < LEAST_MUNICIPALITIES:
        return Cell(None, Reason.COMPLEMENTARY)
    if 0 < sum(count > 0 for count in known) < LEAST_MUNICIPALITIES:
        return Cell(None, Reason.COMPLEMENTARY)
    return Cell(sum(known))

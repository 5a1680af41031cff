"""The acts of a matter as its page shows them."""

from dataclasses import dataclass

from cases.models import Act
from core.dates import short_day
from desk.matter.acts import act_words
from desk.matter.sections import AFTER, Opened, section


@dataclass(frozen=True, slots=True)
class Shown:
    act: Act
    day: str
    words: str


@section(AFTER + 5, "desk/acts/section.html")
def section_of_acts(opened: Opened) -> list[Shown]:
    """The latest first, those taken back among them."""
    return [Shown(act, short_day(act.day), act_words(act)) for act in opened.file.acts]

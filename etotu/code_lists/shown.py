"""The code lists of notices as a page shows them, and the rows that wait because of a list."""

import datetime
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.models import MatterKind
from core.models import Code
from etotu.code_lists.checking_again import Checked, state_of
from etotu.codes.lists import CodeList
from etotu.codes.verbs import codes_of
from etotu.kinds import MATTER_KINDS

NAMES: Final = {
    CodeList.EXPENSE_KIND: _("Kinds of expense"),
    CodeList.NEED_REASON: _("Reasons of the need for social work"),
    CodeList.REDUCTION_GROUND: _("Grounds of a reduction"),
    CodeList.REDUCTION_PERCENTAGE: _("Percentages of a reduction"),
    CodeList.LANGUAGE: _("Service languages"),
}


@dataclass(frozen=True, slots=True)
class CodeShown:
    code: Code
    starts: datetime.date
    state: str | Promise

    @property
    def open(self) -> bool:
        return self.code.ends is None


@dataclass(frozen=True, slots=True)
class ListShown:
    key: str
    name: str | Promise
    codes: list[CodeShown]


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """`rows` wait; `running` and `words` tell of the last time they were checked again."""

    rows: int
    running: bool
    words: str


def lists_shown() -> list[ListShown]:
    today = timezone.localdate()
    return [
        ListShown(name.value, words, [code_shown(code, today) for code in codes_of(name)])
        for name, words in NAMES.items()
    ]


def code_shown(code: Code, today: datetime.date) -> CodeShown:
    starts = code.starts or code.list.starts
    if starts > today:
        return CodeShown(code, starts, _("not yet in force"))
    ended = code.ends is not None and code.ends < today
    return CodeShown(code, starts, pgettext_lazy("code", "ended") if ended else "")


def kinds_shown() -> list[tuple[str, str]]:
    """The types of notices: they come with the program."""
    return [(kind, str(MatterKind(matter).label)) for kind, matter in MATTER_KINDS.items()]


def waiting_words(place: int, rows: int) -> WaitingShown:
    state = state_of(place)
    running = state is not None and not state.over
    return WaitingShown(rows, running, checked_words(state) if state else "")


def checked_words(state: Checked) -> str:
    """ "12 riviä tarkistettu uudelleen, 9 vapautettu jonoon, 3 yhä virheellisiä."."""
    if not state.over:
        return gettext("%(done)s of %(all)s rows checked again.") % {"done": state.checked, "all": state.rows}
    if not state.rows:
        return gettext("No row waits because of a list.")
    parts = [
        ngettext("%(n)s row checked again", "%(n)s rows checked again", state.checked) % {"n": state.checked},
        ngettext("%(n)s released", "%(n)s released", state.released) % {"n": state.released},
        ngettext("%(n)s still wrong", "%(n)s still wrong", state.wrong) % {"n": state.wrong},
    ]
    if ready := state.good - state.released:
        parts.append(ngettext("%(n)s ready to be released", "%(n)s ready to be released", ready) % {"n": ready})
    return ", ".join(parts) + "."

"""What the page of an open matter shows of each subject: a section, declared in the subject's `shown`.

Found by its name, as the deeds are (`desk.apps`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cases.matters.file import MatterFile
from municipalities.requests import MunicipalRequest

BEFORE, AFTER = 0, 100
"""Places of sections before, and after, what came with the matter and how the client is reached."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The matter as its page is made; `revealed`: what turvakielto hides is shown in this answer."""

    request: MunicipalRequest
    file: MatterFile
    revealed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """`template` gets what `part` makes as `part`, and `matter`; nothing to tell: no section."""

    place: int
    template: str
    part: Callable[[Opened], Any]


@dataclass(frozen=True, slots=True)
class Shown:
    template: str
    part: Any


_sections: list[Section] = []


def section(place: int, template: str) -> Callable[[Callable[[Opened], Any]], Callable[[Opened], Any]]:
    """Decorator: what this function gives is shown by `template` at this place."""

    def register(part: Callable[[Opened], Any]) -> Callable[[Opened], Any]:
        _sections.append(Section(place, template, part))
        return part

    return register


def sections() -> list[Section]:
    """In the order of the page."""
    return sorted(_sections, key=lambda one: (one.place, one.template))


def shown(opened: Opened) -> tuple[list[Shown], list[Shown]]:
    """The sections that have something to tell: those before, and those after."""
    before: list[Shown] = []
    after: list[Shown] = []
    for one in sections():
        if part := one.part(opened):
            (before if one.place < AFTER else after).append(Shown(one.template, part))
    return before, after

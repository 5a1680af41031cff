"""What can be done to an open matter: a registry of deeds, each with its button, its form and when it is offered.

A module that knows a deed registers it when it is imported by `desk.urls`. The page shows the deeds in the order
of their places; the first is the one primary button. Each form has drafts, known by the name of its deed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from accounts.models import User
from cases.matters.desks import may_decide
from cases.models import Matter, MatterKind
from desk.drafts import FORMS
from desk.matter.forms import MatterForm
from municipalities.access import Access
from municipalities.requests import MunicipalRequest

Shape = Literal["button", "quiet", "more"]


@dataclass(frozen=True, slots=True)
class Situation:
    """The matter as this person meets it: what decides which deeds are offered."""

    matter: Matter
    user: User
    access: Access
    may_decide: bool

    @property
    def mine(self) -> bool:
        return self.matter.assignee_id == self.user.pk

    @property
    def decides(self) -> bool:
        """Whether the person's next step is to decide on the application."""
        return self.mine and self.matter.kind == MatterKind.APPLICATION


@dataclass(frozen=True, slots=True)
class Deed:
    """`name` gives the address `matter_<name>` and, for one with a form, the form's; `word` names it in the address.

    `place` tells where it stands among the buttons, None when it is not offered. `make` builds its form from
    (data, matter, request); without it the button posts at once. `shape`: a button, a quieter link, or a link under
    "More".
    """

    name: str
    words: Callable[[Situation], Promise]
    place: Callable[[Situation], int | None]
    word: str = ""
    title: Callable[[Situation], Promise] | None = None
    save: Callable[[Situation], Promise] | None = None
    make: Callable[[Any, Matter, MunicipalRequest], MatterForm] | None = None
    shape: Shape = "button"
    fields: str = "desk/matter/deed_fields.html"

    @property
    def url_name(self) -> str:
        return f"matter_{self.name}"


_deeds: dict[str, Deed] = {}


def register(found: Deed) -> Deed:
    _deeds[found.name] = found
    if found.make:
        FORMS.add(found.name)
    return found


def deed(name: str) -> Deed:
    """Raises KeyError for a name that nobody registered."""
    return _deeds[name]


def deed_of_word(word: str) -> Deed | None:
    return next((one for one in _deeds.values() if word and one.word == word), None)


def with_forms() -> set[str]:
    return {name for name, one in _deeds.items() if one.make}


def situation(request: MunicipalRequest, matter: Matter) -> Situation:
    return Situation(matter, request.user, request.access, may_decide(matter, request.user))


def offered(here: Situation) -> list[Deed]:
    """The deeds that can be done now, the most probable first."""
    placed = [(place, one.name, one) for one in _deeds.values() if (place := one.place(here)) is not None]
    return [one for _place, _name, one in sorted(placed, key=lambda row: row[:2])]


def always(words: Promise) -> Callable[[Situation], Promise]:
    """Words that are the same in every situation."""
    return lambda _here: words


def when_deciding(place: int) -> Callable[[Situation], int | None]:
    """Offered at this place on an open matter to whoever decides on it."""
    return lambda here: place if here.matter.is_open and here.may_decide else None

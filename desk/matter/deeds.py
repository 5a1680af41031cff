"""What can be done to a matter: a registry of deeds, each with its button, its form, what it does and what it tells.

A subject declares its deeds in `desk/<subject>/deeds.py`, which is found by its name (`desk.apps`). One view serves
them all (`desk.shell`). Whether a deed is possible is a rule of `cases.matters.rules`, which the verb asks too. The
page shows the possible ones in the order of their places; the first is the one primary button.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from accounts.models import User
from cases.access.reads import access
from cases.matters.file import MatterFile
from cases.matters.rules import Rule
from cases.models import Matter, MatterKind
from desk.matter.forms import MatterForm
from municipalities.access import Access
from municipalities.draft_forms import DraftForm
from municipalities.draft_forms import register as has_drafts
from municipalities.requests import MunicipalRequest

Shape = Literal["button", "quiet", "more"]
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Situation:
    """The matter as this person meets it."""

    file: MatterFile
    user: User
    access: Access

    @property
    def matter(self) -> Matter:
        return self.file.matter

    @property
    def mine(self) -> bool:
        return self.matter.assignee_id == self.user.pk

    @property
    def decides_application(self) -> bool:
        """Whether the person's next step is to decide on the application."""
        return self.mine and self.matter.kind == MatterKind.APPLICATION


Words = Promise | Callable[[Situation], Promise]
Place = int | Callable[[Situation], int]


@dataclass(frozen=True, slots=True)
class Deed:
    """`name` gives the address `matter_<name>` at `path`, and the drafts of its form; `word` names it in the queue's.

    `place` tells where it stands among the buttons. `act` does it, from the values of the form if there is one; `done`
    is what the page tells then. Without a `form` the button posts at once. `shape`: a button, a quieter link, or a link
    under "More". `ends` the matter here: the form tells what is left open. `fields` are the form's names for fields
    that a verb names otherwise.
    """

    name: str
    path: str
    words: Words
    rule: Rule
    place: Place
    act: Callable[[MunicipalRequest, Matter, Values], object]
    done: Promise
    word: str = ""
    title: Words | None = None
    save: Words | None = None
    form: type[MatterForm] | None = None
    template: str = "desk/matter/deed_fields.html"
    shape: Shape = "button"
    ends: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    preview: Callable[[MunicipalRequest, Matter, MatterForm], HttpResponse] | None = None

    @property
    def url_name(self) -> str:
        return f"matter_{self.name}"

    @property
    def drafts(self) -> DraftForm:
        """Of its form, by whoever may do it now."""

        def gate(request: MunicipalRequest, pk: int) -> None:
            reason = self.rule(request.user, MatterFile(access(Matter, request, pk)))
            if reason is not None:
                raise PermissionDenied(reason)

        def page(code: str, pk: int) -> str:
            return f"{reverse('queue', kwargs={'code': code})}?avoin={pk}&teko={self.word}"

        def words(request: MunicipalRequest, matter: Matter) -> Promise:
            return self.form_title(situation(request, MatterFile(matter)))

        return DraftForm(self.name, "matter", words, gate, page)

    def is_possible(self, here: Situation) -> bool:
        return self.rule(here.user, here.file) is None

    def place_in(self, here: Situation) -> int:
        return self.place if isinstance(self.place, int) else self.place(here)

    def button_words(self, here: Situation) -> Promise:
        return _said(self.words, here)

    def form_title(self, here: Situation) -> Promise:
        return _said(self.title or self.words, here)

    def save_words(self, here: Situation) -> Promise:
        return _said(self.save or self.words, here)


_deeds: dict[str, Deed] = {}


def register(found: Deed) -> Deed:
    _deeds[found.name] = found
    if found.form:
        has_drafts(found.drafts)
    return found


def all_deeds() -> list[Deed]:
    return list(_deeds.values())


def deed(name: str) -> Deed:
    """Raises KeyError for a name that nobody registered."""
    return _deeds[name]


def deed_of_word(word: str) -> Deed | None:
    return next((one for one in _deeds.values() if word and one.word == word), None)


def situation(request: MunicipalRequest, file: MatterFile) -> Situation:
    return Situation(file, request.user, request.access)


def offered(here: Situation) -> list[Deed]:
    """The deeds that can be done now, the most probable first."""
    possible = [one for one in _deeds.values() if one.is_possible(here)]
    return sorted(possible, key=lambda one: (one.place_in(here), one.name))


def new_form(request: MunicipalRequest, matter: Matter, name: str, data: Any = None) -> MatterForm:
    """The form of a deed that has one. Raises ValueError for another."""
    form = deed(name).form
    if form is None:
        raise ValueError(f"no form for {name}")
    return form.of(data, matter, request)


def _said(words: Words, here: Situation) -> Promise:
    return words(here) if callable(words) else words

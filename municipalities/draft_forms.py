"""The forms that have drafts. A draft is of a named form on a named record, or on none where there is no record yet.

A page that registers its form here, builds its `DraftOf` with it and puts `data-draft` on it has all the rest: the
draft is saved by whoever may send the form, within the quota, listed on Today and gone in time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.saving import DraftOf
from municipalities.requests import MunicipalRequest

Words = Promise | Callable[[MunicipalRequest, Any], Promise]
OBJECT = re.compile(r"(?:([a-z]+)((?::[0-9]{1,18})+))?")


@dataclass(frozen=True, slots=True)
class DraftForm:
    """`name` is the form's, `of` the kinds of the records whose numbers it has: "client", "client:measurement" or "".

    `gate` is what the form's own page asks before it shows the form, called with the request and these numbers: it
    raises Http404 or PermissionDenied. `words` name it in a list, or are made of the request and the row of its first
    record. `page` is where the form is, from the municipality's code and these numbers.
    """

    name: str
    of: str
    words: Words
    gate: Callable[..., object]
    page: Callable[..., str]

    def draft(self, request: MunicipalRequest, *numbers: int) -> DraftOf:
        """The draft of this form on the records with these numbers."""
        return DraftOf(request.municipality.pk, self.name, self.object(*numbers))

    def object(self, *numbers: int) -> str:
        if len(numbers) != _records(self.of):
            raise ValueError(f"{self.name} is of {self.of or 'no record'}")
        return ":".join([self.of.partition(":")[0], *map(str, numbers)]) if numbers else ""


_forms: dict[tuple[str, str, int], DraftForm] = {}


def register(form: DraftForm) -> DraftForm:
    """ValueError: the drafts of two forms would be taken for each other's."""
    key = (form.name, form.of.partition(":")[0], _records(form.of))
    if key in _forms:
        raise ValueError(f"{form.name} on {form.of or 'no record'} has drafts already")
    _forms[key] = form
    return form


def all_draft_forms() -> list[DraftForm]:
    return list(_forms.values())


def found(name: str, object: str) -> tuple[DraftForm, tuple[int, ...]] | None:
    """The form with this name on such a record, and the record's numbers; None when there is no such form."""
    named = OBJECT.fullmatch(object)
    if named is None:
        return None
    numbers = tuple(int(number) for number in (named[2] or "").split(":")[1:])
    form = _forms.get((name, named[1] or "", len(numbers)))
    return (form, numbers) if form else None


def _records(of: str) -> int:
    return len(of.split(":")) if of else 0

"""The main menu: each app adds its pages when it is ready, and nothing here knows the pages of the apps above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from municipalities.models import Municipality

UNSEEN = pgettext_lazy("alerts", "unseen")


@dataclass(frozen=True)
class Entry:
    """A page of the menu. The first one that a person's roles may open is where signing in leads.

    `name` is the page's URL name. `sections` are first words of paths that belong to the page without lying under its
    own: an answer to a form has the address of what was sent. `mark` is the value of `?sivulta=` by which a form says
    that it was opened there. `count` tells what waits behind the page; or `waits` gives the rows, which are counted for
    all pages in one statement, for whoever has one of the roles `waits_for`; not those whose fields `but_own` name this
    person, as others answer them. `searches`: the search of the frame asks it. `waiting` says after the number what it
    counts, to whoever listens.
    """

    name: str
    label: Promise | str
    roles: frozenset[str]
    order: int
    sections: frozenset[str] = frozenset()
    mark: str = ""
    count: Callable[[Municipality], int] | None = None
    waits: Callable[[Municipality], QuerySet[Any]] | None = None
    waits_for: frozenset[str] = frozenset()
    but_own: tuple[str, ...] = ()
    searches: bool = False
    waiting: Promise | str = UNSEEN


_entries: dict[str, Entry] = {}


def add(entry: Entry) -> None:
    if entry.name in _entries:
        raise ValueError(f"{entry.name} is in the menu already.")
    _entries[entry.name] = entry


def entries(roles: frozenset[str]) -> list[Entry]:
    """What these roles may open, in the order of the menu."""
    return sorted((entry for entry in _entries.values() if entry.roles & roles), key=lambda entry: entry.order)


def page_of(section: str, mark: str) -> str | None:
    """The page to which an address belongs by its first word, or by where it was opened, whoever may open the page."""
    marked = (entry.name for entry in _entries.values() if mark and entry.mark == mark)
    within = (entry.name for entry in _entries.values() if section in entry.sections)
    return next(marked, None) or next(within, None)

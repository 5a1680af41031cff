"""Which page of the menu or of Ylläpito a URL is under: the log keeps the URL's name, which tells people nothing."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from municipalities import menu
from municipalities.models import Role
from municipalities.tabs import INSTALLATION, MUNICIPAL

CODE = "%(code)s/"


def page_name(url_name: str) -> str:
    """The label of the page under which the URL lies, or whose it is by its first word; "" where it is nobody's."""
    path = _path_of(url_name)
    labels = dict(_labels())
    prefixes = [prefix for prefix in labels if path == prefix or (prefix != CODE and path.startswith(prefix))]
    return str(labels[max(prefixes, key=len)]) if prefixes else ""


def _labels() -> Iterator[tuple[str, Any]]:
    """Beginnings of paths, as the patterns of URLs have them, with the words for each."""
    entries = menu.entries(frozenset(Role.values))
    for entry in entries:
        yield from ((f"{CODE}{section}/", entry.label) for section in entry.sections)
    yield from ((_path_of(entry.name), entry.label) for entry in entries)
    for tab in (*MUNICIPAL.known.values(), *INSTALLATION.known.values()):
        yield _path_of(tab.name), tab.label


def _path_of(url_name: str) -> str:
    found = get_resolver().reverse_dict.getlist(url_name)
    return str(found[0][0][0][0]) if found else url_name

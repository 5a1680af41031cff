"""The tabs of Ylläpito, in a municipality and in the installation. A page that does not exist yet has no tab."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

MUNICIPAL = [("batches", _("Batches")), ("members", _("Users and rights")), ("units", _("Units"))]
INSTALLATION = [
    ("installation", _("Municipalities")),
    ("installation_batches", _("Batches")),
    ("installation_unplaced", _("Rows without a municipality")),
]


def municipal_tabs(code: str, current: str) -> list[dict[str, Any]]:
    return tabs(MUNICIPAL, current, code=code)


def installation_tabs(current: str) -> list[dict[str, Any]]:
    return tabs(INSTALLATION, current)


def tabs(pages: list[tuple[str, Any]], current: str, **kwargs: str) -> list[dict[str, Any]]:
    found = []
    for name, label in pages:
        try:
            found.append({"label": label, "url": reverse(name, kwargs=kwargs), "current": name == current})
        except NoReverseMatch:
            continue
    return found

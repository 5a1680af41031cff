"""The tabs of Ylläpito, in a municipality and in the installation."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

MUNICIPAL = [
    ("batches", _("Batches")),
    ("routing_rules", _("Routing rules")),
    ("partners", _("Partners")),
    ("code_lists", _("Code lists")),
    ("members", _("Users and rights")),
    ("units", _("Units")),
    ("local_settings", _("Settings")),
    ("letter_templates", _("Letters")),
]
INSTALLATION = [
    ("installation", _("Municipalities")),
    ("installation_batches", _("Batches")),
    ("installation_unplaced", _("Rows without a municipality")),
    ("installation_code_lists", _("Code lists")),
]


def municipal_tabs(code: str, current: str) -> list[dict[str, Any]]:
    return tabs(MUNICIPAL, current, code=code)


def installation_tabs(current: str) -> list[dict[str, Any]]:
    return tabs(INSTALLATION, current)


def tabs(pages: list[tuple[str, Any]], current: str, **kwargs: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": reverse(name, kwargs=kwargs), "current": name == current} for name, label in pages]

"""Which app stands above which, as the import contract says, and which app each URL name belongs to."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
LOWEST = "core"


def ranks() -> dict[str, int]:
    """Each app with its height; those that do not know each other have the same."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers" and LOWEST in one["layers"])
    return {app.strip(): height for height, layer in enumerate(reversed(layers)) for app in layer.split("|")}


RANKS = ranks()


def may_name(app: str, other: str) -> bool:
    """Whether `app` may lead to what belongs to `other`: the same app, or one below."""
    return app == other or RANKS[other] < RANKS[app]


def named(resolver: URLResolver, app: str) -> Iterator[tuple[str, str]]:
    """Every URL name with the app in whose `urls` module it stands."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            module = getattr(entry.urlconf_name, "__name__", "")
            yield from named(entry, module.partition(".")[0] or app)
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry.name, app


def owners() -> dict[str, str]:
    return dict(named(get_resolver(), "osallistava"))

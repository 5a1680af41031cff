"""The tabs of Ylläpito, in a municipality and in the installation: each app adds its own when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Tab:
    """`name` is the URL name of the page; `count` tells what waits there, of a municipality's number or of them all."""

    name: str
    label: Promise | str
    order: int
    count: Callable[[int | None], int] | None = None


@dataclass(frozen=True)
class Tabs:
    known: dict[str, Tab] = field(default_factory=dict)

    def add(self, tab: Tab) -> None:
        if tab.name in self.known:
            raise ValueError(f"{tab.name} is a tab already.")
        self.known[tab.name] = tab

    def shown(self, current: str, **kwargs: str) -> list[dict[str, Any]]:
        return [
            {
                "label": tab.label,
                "url": reverse(tab.name, kwargs=kwargs),
                "current": tab.name == current,
                "n": (tab.count(int(kwargs["code"]) if kwargs else None) or None) if tab.count else None,
            }
            for tab in sorted(self.known.values(), key=lambda tab: tab.order)
        ]


MUNICIPAL = Tabs()
INSTALLATION = Tabs()


def municipal_tabs(code: str, current: str) -> list[dict[str, Any]]:
    return MUNICIPAL.shown(current, code=code)


def installation_tabs(current: str) -> list[dict[str, Any]]:
    return INSTALLATION.shown(current)

"""What the frame around every page shows: where one is, where one may go."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from municipalities.access import access_of, memberships_of
from municipalities.models import Membership, Municipality
from municipalities.models.membership import CASEWORK, Role

PAGES = [
    ("today", _("Today"), CASEWORK),
    ("queue", _("Queue"), CASEWORK),
    ("client_search", _("Clients"), CASEWORK),
    ("dashboard", _("Municipality"), CASEWORK | {Role.COORDINATOR}),
    ("batches", _("Administration"), frozenset({Role.ADMIN})),
]
# the page that stands for all pages of the administration
ADMINISTRATION = "batches"
COUNTS: dict[str, Callable[[Municipality], int]] = {}
"""What waits behind a page of the menu, told there as a number: the apps above set it, by the name of the page."""
ELSEWHERE = {
    "yllapito": ADMINISTRATION,
    "asiat": "queue",
    "kirjeet": "queue",
    "tapaamiset": "client_search",
    "luovutukset": "queue",
    "siirrot": "queue",
}
"""The first word of a path, and the page that it belongs to: an answer to a form has the address of what was sent."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Municipality, roles, main navigation and the municipalities one can switch to."""
    user = getattr(request, "user", None)
    access = getattr(request, "access", None)
    municipality = getattr(request, "municipality", None)
    return {
        "demo": settings.DEMO,
        "municipality": municipality,
        "roles": set(access.roles) if access else set(),
        "nav": counted(request, municipality, access.roles) if municipality and access else [],
        "places": places(request) if user else [],
    }


def places(request: HttpRequest) -> list[dict[str, Any]]:
    """The municipalities that one can switch to, each with its first page; none where there is only one."""
    own = [m.municipality for m in one_for_each_municipality(memberships_of(request.user)) if m.municipality]
    if len(own) < 2:
        return []
    first_pages = [(place, navigation(request, place.code, access_of(request.user, place).roles)) for place in own]
    return [{"municipality": place, "url": pages[0]["url"]} for place, pages in first_pages if pages]


def one_for_each_municipality(memberships: list[Membership]) -> list[Membership]:
    return list({m.municipality_id: m for m in memberships if m.municipality_id}.values())


def counted(request: HttpRequest, municipality: Municipality, roles: frozenset[str]) -> list[dict[str, Any]]:
    links = navigation(request, municipality.code, roles)
    return [link | {"n": COUNTS[link["name"]](municipality) if link["name"] in COUNTS else 0} for link in links]


def navigation(request: HttpRequest, code: str, roles: frozenset[str]) -> list[dict[str, Any]]:
    """The pages that these roles may open; the current one by the longest path that leads to the request."""
    links: list[dict[str, Any]] = [
        {"name": name, "label": label, "url": reverse(name, kwargs={"code": code})}
        for name, label, allowed in PAGES
        if roles & allowed
    ]
    here = max(
        (link for link in links if request.path.startswith(link["url"])),
        key=lambda link: len(link["url"]),
        default=None,
    )
    section = request.path.removeprefix(f"/{code}/").partition("/")[0]
    elsewhere = "today" if request.GET.get("sivulta") == "tanaan" else ELSEWHERE.get(section)
    current = elsewhere or (here and here["name"])
    return [{**link, "current": link["name"] == current} for link in links]

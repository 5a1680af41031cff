"""What the frame around every page shows: where one is, where one may go."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse

from municipalities import menu
from municipalities.access import access_of, memberships_of
from municipalities.models import Membership, Municipality


def frame(request: HttpRequest) -> dict[str, Any]:
    """Municipality, roles, main navigation, search and the municipalities one can switch to."""
    user = getattr(request, "user", None)
    access = getattr(request, "access", None)
    municipality = getattr(request, "municipality", None)
    return {
        "demo": settings.DEMO,
        "municipality": municipality,
        "roles": set(access.roles) if access else set(),
        "nav": counted(request, municipality, access.roles) if municipality and access else [],
        "search_url": search_url(municipality.code, access.roles) if municipality and access else "",
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


def search_url(code: str, roles: frozenset[str]) -> str:
    """Where the search of the frame asks; "" for those who search nothing."""
    names = [entry.name for entry in menu.entries(roles) if entry.searches]
    return reverse(names[0], kwargs={"code": code}) if names else ""


def counted(request: HttpRequest, municipality: Municipality, roles: frozenset[str]) -> list[dict[str, Any]]:
    """The navigation, with what waits behind each page."""
    entries = menu.entries(roles)
    counts = {entry.name: entry.count(municipality) for entry in entries if entry.count}
    rows = {e.name: rows_for(request, e, e.waits(municipality)) for e in entries if e.waits and e.waits_for & roles}
    counts |= waiting(municipality, rows)
    words = {entry.name: entry.waiting for entry in entries}
    return [
        link | {"n": counts.get(link["name"], 0), "waiting": words[link["name"]]}
        for link in navigation(request, municipality.code, roles)
    ]


def rows_for(request: HttpRequest, entry: menu.Entry, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Those that this person can do something about."""
    for field in entry.but_own:
        rows = rows.exclude(**{field: request.user.pk})
    return rows


class CountOf(Subquery):
    """How many rows a queryset has, within another statement."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def waiting(municipality: Municipality, rows: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each name has: one statement for all."""
    if not rows:
        return {}
    # by place: a name may be that of a field
    counts = {f"n{place}": CountOf(found.order_by().values("pk")) for place, found in enumerate(rows.values())}
    here = Municipality.objects.filter(pk=municipality.pk)
    found = here.order_by().annotate(**counts).values(*counts).get()
    return dict(zip(rows, (found[place] for place in counts), strict=True))


def navigation(request: HttpRequest, code: str, roles: frozenset[str]) -> list[dict[str, Any]]:
    """The pages that these roles may open; the current one is told by the address, else its path leads furthest."""
    links: list[dict[str, Any]] = [
        {"name": entry.name, "label": entry.label, "url": reverse(entry.name, kwargs={"code": code})}
        for entry in menu.entries(roles)
    ]
    here = max(
        (link for link in links if request.path.startswith(link["url"])),
        key=lambda link: len(link["url"]),
        default=None,
    )
    section = request.path.removeprefix(f"/{code}/").partition("/")[0]
    current = menu.page_of(section, request.GET.get("sivulta", "")) or (here and here["name"])
    return [{**link, "current": link["name"] == current} for link in links]

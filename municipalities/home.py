"""Where signing in leads: to the first page of one's only municipality, or to a choice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from municipalities.access import access_of, memberships_of
from municipalities.context import navigation, one_for_each_municipality
from municipalities.rights.offers import comes_first


def home(request: HttpRequest) -> HttpResponse:
    """Casework lands on today's work, a coordinator on the dashboard, an admin on the batches.

    A role that waits for the person's own yes comes first.
    """
    if comes_first(request):
        return redirect("role_offers")
    places = [m.municipality for m in one_for_each_municipality(memberships_of(request.user)) if m.municipality]
    links = []
    for place in places:
        pages = navigation(request, place.code, access_of(request.user, place).roles)
        if pages:
            links.append((place, pages[0]["url"]))
    is_installation_admin = getattr(request.user, "is_installation_admin", False)
    if len(links) == 1 and not is_installation_admin:
        return redirect(links[0][1])
    if not links and is_installation_admin:
        return redirect("installation")
    links.sort(key=lambda link: str(link[0]))
    return render(
        request,
        "municipalities/home.html",
        {
            "links": links,
            "is_installation_admin": is_installation_admin,
            "is_researcher": any(m.municipality is None for m in memberships_of(request.user)),
        },
    )

"""Addresses of the queue's page: the filters stay in them while one opens and acts."""

from urllib.parse import urlencode

from django.urls import reverse

from cases.access.reads import access
from cases.matters.file import with_parts
from cases.models import Matter
from core.asked_numbers import number
from municipalities.requests import MunicipalRequest

OPENED, DEED = "avoin", "teko"
# the heading of the open matter: where the focus lands after an action, with or without script
HEADING = "#avoin"


def asked_matter(request: MunicipalRequest, parameter: str) -> Matter | None:
    """The matter whose number the address holds, with its file, if this person may see it; None without a number."""
    pk = number(request.GET.get(parameter, ""))
    return None if pk is None else access(Matter, request, pk, reading=with_parts)


def queue_address(request: MunicipalRequest, **changes: str | int | None) -> str:
    """The queue with the request's filters and these changes; None takes a parameter away."""
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    address = reverse("queue", kwargs={"code": request.municipality.code})
    return f"{address}?{query.urlencode()}" if query else address


def matter_address(request: MunicipalRequest, name: str, pk: int) -> str:
    """Where an action on a matter is posted; carries the filters along."""
    address = reverse(name, kwargs={"code": request.municipality.code, "pk": pk})
    query = request.GET.copy()
    query.pop(DEED, None)
    return f"{address}?{query.urlencode()}" if query else address


def contact_from_today(request: MunicipalRequest, pk: int) -> str:
    """Where a contact is posted on the page Tänään, which then comes back."""
    return reverse("matter_contact", kwargs={"code": request.municipality.code, "pk": pk}) + "?sivulta=tanaan"


def came_from_today(request: MunicipalRequest) -> bool:
    return request.GET.get("sivulta") == "tanaan"


def queue_link(request: MunicipalRequest, **parameters: str) -> str:
    """The queue with these parameters and no others."""
    return f"{reverse('queue', kwargs={'code': request.municipality.code})}?{urlencode(parameters)}"

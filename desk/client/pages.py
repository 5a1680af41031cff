"""Asiakas: what matters now, goals, timeline, matters, how to reach, who has looked."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from avain.measurements.reads import latest_goals, measurements_of
from cases.access.reads import record
from cases.access.rights import may_reveal_details, may_see_looks
from cases.models.access_log import Looked
from desk.client.brief import brief
from desk.client.file import ClientFile
from desk.client.head import head, matter_lines
from desk.client.looks import DAYS, lookers, looks
from desk.client.reach import ways_to_reach
from desk.client.timeline import by_day, entries, latest, timeline
from desk.oversight.explaining import asks_when_many, first_whose
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

SHOWN = 12
PAGE = 40
PURPOSES = {
    "contact": _("Contacting the client"),
    "decision": _("Sending a decision"),
    "urgent": _("Urgent need of help"),
}


@roles(*CASEWORK)
@require_safe
def client(request: MunicipalRequest, pk: int) -> HttpResponse:
    return summary(ClientFile(request, pk))


@roles(*CASEWORK)
@require_POST
@asks_when_many
def client_reveal(request: MunicipalRequest, pk: int) -> HttpResponse:
    """The henkilötunnus in clear, once, on the answer to this POST."""
    file = ClientFile(request, pk)
    looked = (Looked.REVEALED, "identity_code")
    return summary(file, looked, revealed_code=file.client.identity_code())


@roles(*CASEWORK)
@require_POST
@asks_when_many
def client_reveal_details(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Contact details under turvakielto, for a stated purpose."""
    file = ClientFile(request, pk)
    if not may_reveal_details(request.user, file.client):
        raise PermissionDenied
    purpose = request.POST.get("purpose", "")
    if purpose not in PURPOSES:
        return summary(file, purpose_missing=True)
    if why := first_whose(request, [file.client]):
        return why
    return summary(file, (Looked.REVEALED, f"contact_details:{purpose}"), revealed_details=True)


def summary(file: ClientFile, looked: tuple[Looked, str] = (Looked.OPENED, ""), **shown: Any) -> HttpResponse:
    """The client's page, and the row of the access log for what it shows."""
    request, person = file.request, file.client
    action, detail = looked
    record(request, action, [person.pk], detail)
    hidden = person.non_disclosure and not shown.get("revealed_details")
    sees_looks = may_see_looks(request.user, person)
    goals, lines = latest_goals(person), latest(file, SHOWN)
    context = {
        **head(file, "client"),
        "page_address": reverse("client", kwargs={"code": request.municipality.code, "pk": person.pk}),
        "goals": goals,
        "measurement": goals[0].measurement if goals else None,
        "brief": brief(file, goals),
        "days": by_day(lines),
        "matters": matter_lines(file),
        "times": file.times,
        "details_hidden": hidden,
        "may_reveal": hidden and may_reveal_details(request.user, person),
        "purposes": PURPOSES.items(),
        "purpose_missing": False,
        "ways": [] if hidden else ways_to_reach(person),
        "lookers": lookers(person, 5) if sees_looks else None,
        **shown,
    }
    return render(request, "desk/client/client.html", context)


@roles(*CASEWORK)
@require_safe
def client_timeline(request: MunicipalRequest, pk: int) -> HttpResponse:
    file = ClientFile(request, pk)
    record(request, Looked.OPENED, [pk])
    page = Paginator(timeline(file.client), PAGE).get_page(request.GET.get("sivu"))
    lines = entries(file, list(page))
    context = {**head(file, "client_timeline"), "page": page, "days": by_day(lines)}
    return render(request, "desk/client/timeline.html", context)


@roles(*CASEWORK)
@require_safe
def client_measurements(request: MunicipalRequest, pk: int) -> HttpResponse:
    """All AVAIN measurements, the latest first, their goals open."""
    file = ClientFile(request, pk)
    record(request, Looked.OPENED, [pk])
    context = {**head(file, "client_measurements"), "measurements": measurements_of(file.client)}
    return render(request, "desk/client/measurements.html", context)


@roles(*CASEWORK)
@require_safe
def client_looks(request: MunicipalRequest, pk: int) -> HttpResponse:
    file = ClientFile(request, pk)
    if not may_see_looks(request.user, file.client):
        raise PermissionDenied
    record(request, Looked.OPENED, [pk])
    page = Paginator(looks(file.client).select_related("user"), PAGE).get_page(request.GET.get("sivu"))
    context = {**head(file, "client_looks"), "page": page, "look_days": DAYS}
    return render(request, "desk/client/looks.html", context)

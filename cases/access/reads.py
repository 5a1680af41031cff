"""Reads of client data by a page: the only way from an id in a path to a row, and the access log of what was seen."""

import datetime
from collections.abc import Iterable

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import AccessLog, Client, Matter
from cases.models.access_log import Looked
from municipalities.requests import MunicipalRequest


def record(request: MunicipalRequest, action: Looked, client_ids: Iterable[int], detail: str = "") -> None:
    """One row of the access log: this person saw these clients' data on this page. None shown: no row."""
    ids = sorted(set(client_ids))
    if ids:
        AccessLog.objects.create(
            municipality=request.municipality,
            user=request.user,
            action=action,
            page=(request.resolver_match.url_name or "") if request.resolver_match else "",
            detail=detail,
            client_ids=ids,
        )


ONE_LOOK = datetime.timedelta(hours=1)


def record_once(request: MunicipalRequest, action: Looked, client_ids: Iterable[int]) -> None:
    """As `record`, but not again for the same clients on the same page within the hour: it is the same list."""
    ids = sorted(set(client_ids))
    page = (request.resolver_match.url_name or "") if request.resolver_match else ""
    before = AccessLog.objects.filter(
        municipality=request.municipality,
        user=request.user,
        action=action,
        page=page,
        at__gte=timezone.now() - ONE_LOOK,
        client_ids=ids,
    )
    if ids and not before.exists():
        record(request, action, ids)


def access_client(request: MunicipalRequest, pk: int) -> Client:
    """The client, if this person may see them; else 404, which the access log remembers when the client exists here."""
    request.asked_client_id = pk  # type: ignore[attr-defined]
    client = Client.objects.visible_to(request.user, request.municipality).filter(pk=pk).first()
    if client is None:
        raise Http404(_("There is no such client, or it is not yours to see."))
    return client


def access_matter(request: MunicipalRequest, pk: int) -> Matter:
    """The matter with its client, if this person may see it; else 404."""
    row = Matter.objects.filter(pk=pk, municipality=request.municipality).values_list("client_id", flat=True).first()
    request.asked_client_id = row  # type: ignore[attr-defined]
    matter = (
        Matter.objects.visible_to(request.user, request.municipality)
        .select_related("client", "unit", "assignee")
        .filter(pk=pk)
        .first()
    )
    if matter is None:
        raise Http404(_("There is no such matter, or it is not yours to see."))
    return matter

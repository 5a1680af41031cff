"""Reads of client data by a page: the only way from an id in a path to a row, and the access log of what was seen."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts import security_log
from accounts.security_log import Kind
from cases.models import AccessLog
from cases.models.access_log import Looked
from cases.models.owned import ClientOwnedQuerySet
from municipalities.models import MunicipalRow
from municipalities.requests import MunicipalRequest

Row = TypeVar("Row", bound=MunicipalRow)


def record(request: MunicipalRequest, action: Looked, client_ids: Iterable[int], detail: str = "") -> None:
    """One row of the access log: this person saw these clients' data on this page. None shown: no row.

    What was revealed is an event of the security log too, which tells how many and never whose.
    """
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
    if ids and action == Looked.REVEALED:
        tell_of_reveal(request, detail.partition(":")[0], len(ids))


def tell_of_reveal(request: MunicipalRequest, what: str, clients: int) -> None:
    security_log.record(
        Kind.REVEALED, request=request, municipality_number=request.municipality.pk, what=what, clients=clients
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


def access(
    model: type[Row],
    request: MunicipalRequest,
    pk: int,
    *,
    reading: Callable[[QuerySet[Row]], QuerySet[Row]] | None = None,
    **within: Any,
) -> Row:
    """The row with what its page shows, if this person may see its client; else 404 in the model's words.

    `reading` adds what this page shows beside the row, in the same statement. `within` narrows where the path names
    more than the row. The client is remembered with the request, so that the
    access log tells of a look that was refused, here or later: see `RefusedAccessMiddleware`.
    """
    rows = owned(model)
    seen: QuerySet[Row] = rows.visible_to(request.user, request.municipality).for_page()
    row = (reading(seen) if reading else seen).filter(pk=pk, **within).first()
    client_id = whose(row, rows.to_client) if row else whose_it_would_be(rows, request, pk=pk, **within)
    if client_id is not None:
        request.asked_client_id = client_id
    if row is None:
        raise Http404(rows.not_found)
    return row


def chosen_rows(model: type[Row], request: MunicipalRequest, **which: Any) -> QuerySet[Row]:
    """Of the rows that the request names, those whose client this person may see; the others are logged as refused."""
    rows = owned(model)
    seen: QuerySet[Row] = rows.visible_to(request.user, request.municipality).filter(**which)
    hidden = rows.filter(municipality=request.municipality, **which).exclude(pk__in=seen.order_by().values("pk"))
    refuse(request, hidden.order_by().values_list(f"{rows.to_client}pk", flat=True))
    return seen


def refuse(request: MunicipalRequest, client_ids: Iterable[int]) -> None:
    """Tell the access log of what was left out, whatever the answer will be: see `RefusedAccessMiddleware`."""
    request.refused_client_ids = getattr(request, "refused_client_ids", set()) | set(client_ids)


def owned(model: type[Row]) -> ClientOwnedQuerySet[Row]:
    rows = model._default_manager.all()
    if not isinstance(rows, ClientOwnedQuerySet):
        raise TypeError(f"{model.__name__} belongs to no client.")
    return rows


def whose(row: MunicipalRow, to_client: str) -> int:
    """The client's id by the path from the row; "" leads to the row itself."""
    found: Any = row
    *between, last = to_client.removesuffix("__").split("__")
    for name in between:
        found = getattr(found, name)
    return int(getattr(found, f"{last}_id" if last else "pk"))


def whose_it_would_be(rows: ClientOwnedQuerySet[Any], request: MunicipalRequest, **which: Any) -> int | None:
    """The client of a row of this municipality that this person may not see."""
    hidden = rows.filter(municipality=request.municipality, **which)
    return hidden.values_list(f"{rows.to_client}pk", flat=True).first()

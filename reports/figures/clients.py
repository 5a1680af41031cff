"""The unit of a client, for figures that count clients: that of the latest case."""

from typing import Any, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from cases.models import Case
from reports.flows.among import Among

R = TypeVar("R", bound=QuerySet[Any])


def of_clients_unit(found: R, among: Among, client: str) -> R:
    """`client` is the field of the client's key."""
    if among.unit is None:
        return found
    cases = Case.objects.filter(client=OuterRef(client)).order_by("-opened_at", "-pk")
    with_unit: R = found.annotate(unit_of_case=Subquery(cases.values("unit")[:1]))
    return among.of_unit(with_unit, "unit_of_case")

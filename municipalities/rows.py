"""From an id in a path to a row of the request's municipality that belongs to no client."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from municipalities.requests import MunicipalRequest

Row = TypeVar("Row", bound=Model)


def own_row(rows: type[Row] | QuerySet[Row], request: MunicipalRequest, **which: Any) -> Row:
    """The one row that `which` names; 404 where the municipality has none such."""
    return get_object_or_404(rows, municipality=request.municipality, **which)

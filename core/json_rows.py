"""Rows that a query brings along with another one as JSON: for what a page shows of them, not to be saved."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

M = TypeVar("M", bound=models.Model)


def as_json(rows: QuerySet[Any], *names: str) -> ArraySubquery:
    """For an annotation: these fields of the rows, in their order."""
    return ArraySubquery(rows.values(json=JSONObject(**{name: name for name in names})))


def from_json(model: type[M], rows: Iterable[Mapping[str, Any]]) -> list[M]:
    """The rows of `as_json` as instances that know no other fields than those."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return [model(**{name: fields[name].to_python(value) for name, value in row.items()}) for row in rows]

"""Rows that a query brings along with another one as JSON: for what a page shows of them, not to be saved."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

M = TypeVar("M", bound=models.Model)


def as_json(rows: QuerySet[Any], *names: str) -> ArraySubquery:
    """For an annotation: these fields of the rows, in their order. `worker__name` is a field of a related row."""
    return ArraySubquery(rows.values(json=JSONObject(**{name: name for name in names})))


def all_as_json(rows: QuerySet[Any], *related: str) -> ArraySubquery:
    """For an annotation: every field of the rows, and these of related rows (`worker__name`)."""
    return as_json(rows, *(field.attname for field in rows.model._meta.concrete_fields), *related)


def from_json(model: type[M], rows: Iterable[Mapping[str, Any]]) -> list[M]:
    """The rows of `as_json` as instances that know no other fields than those."""
    return [_instance(model, row) for row in rows]


def _instance(model: type[M], row: Mapping[str, Any]) -> M:
    fields = {name: field for field in model._meta.concrete_fields for name in (field.attname, field.name)}
    fields["pk"] = model._meta.pk
    own = {name: fields[name].to_python(value) for name, value in row.items() if "__" not in name}
    found = model(**own)
    found._state.adding = False
    for name, values in _related(row).items():
        to: Any = fields[name].related_model
        key = row[fields[name].attname]
        setattr(found, name, None if key is None else _instance(to, {"pk": key, **values}))
    return found


def _related(row: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for path, value in row.items():
        name, apart, field = path.partition("__")
        if apart:
            found.setdefault(name, {})[field] = value
    return found

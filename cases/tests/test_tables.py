"""What every table of a client's data has, so that a new one cannot be forgotten by a fence."""

import re

import pytest
from django.apps import apps
from django.db.models import Field, Model

from cases.intake import opening
from cases.models.owned import ClientOwnedQuerySet

OWNERS = {"client", "matter", "measurement", "goal", "notice"}
WITHOUT_HISTORY = {
    "Attachment": "written once, with its notice",
    "Deadline": "derived anew from the facts of the matter",
    "Event": "itself what is told of the past",
    "NameToken": "derived from the client's name",
    "QuarantineRow": "every step is a QuarantineAction",
}
WITHOUT_A_FENCE = {"QuarantineRow": "the admins' to correct, before it is anybody's client"}


def tables() -> list[type[Model]]:
    own = [model for app in ("cases", "avain", "etotu") for model in apps.get_app_config(app).get_models()]
    return [
        model
        for model in own
        if not model.__name__.endswith("History") and any(field.name in OWNERS for field in model._meta.fields)
    ]


def test_there_is_something_to_look_at() -> None:
    assert {"Matter", "Letter", "Goal", "Attachment"} <= {model.__name__ for model in tables()}


@pytest.mark.parametrize("model", tables(), ids=lambda model: model.__name__)
def test_it_says_who_sees_its_rows(model: type[Model]) -> None:
    assert isinstance(model._default_manager.all(), ClientOwnedQuerySet) or model.__name__ in WITHOUT_A_FENCE


@pytest.mark.parametrize("model", tables(), ids=lambda model: model.__name__)
def test_its_old_rows_are_kept(model: type[Model]) -> None:
    kept = hasattr(model, "history")
    assert kept != (model.__name__ in WITHOUT_HISTORY)


@pytest.mark.parametrize(
    "statement", [opening.OPEN, opening.PROPOSE, opening.SET_DEADLINES], ids=lambda text: text[:45]
)
def test_a_load_fills_every_column_that_must_be_filled(statement: str) -> None:
    """A new field without `db_default` would stop every load; here it says so at once."""
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    for table, columns in re.findall(r"INSERT INTO (\w+) \(([^)]*)\)", statement):
        named = {column.strip(' \n"') for column in columns.split(",")}
        asked = {field.column for field in by_table[table]._meta.concrete_fields if must_be_named(field)}
        assert asked - named == set(), f"{table}: name these in cases/intake/opening.py, or give them a db_default"


def must_be_named(field: "Field[object, object]") -> bool:
    given = field.null or field.has_db_default() or field.generated
    return not given and not field.primary_key

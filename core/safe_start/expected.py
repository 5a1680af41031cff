"""What the program says of the fences of its tables: its migrations of row security and logs, its models of triggers.

Read from the code alone; nothing is asked of the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.models import Model

from core.row_security import APPEND_ONLY_TRIGGER, AppendOnly, SecureRows


@dataclass(frozen=True, slots=True)
class Trigger:
    table: str
    name: str
    function: str


@dataclass(frozen=True, slots=True)
class Expected:
    """`secured`: table, column of the municipality, whether it may be null. `logs`: the append-only tables."""

    secured: frozenset[tuple[str, str, bool]]
    logs: frozenset[str]
    triggers: frozenset[Trigger]


def expected() -> Expected:
    operations = [*_operations()]
    logs = {table for label, one in operations if isinstance(one, AppendOnly) for table in _tables(label, one.models)}
    secured = {
        (model._meta.db_table, one.column, field.null)
        for label, one in operations
        if isinstance(one, SecureRows)
        for model in _models(label, one.models)
        for field in model._meta.concrete_fields
        if field.column == one.column
    }
    triggers = {Trigger(table, APPEND_ONLY_TRIGGER, "refuse_change") for table in logs} | {*_of_history()}
    return Expected(frozenset(secured), frozenset(logs), frozenset(triggers))


def _operations() -> Iterator[tuple[str, Operation]]:
    for (label, _name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        for operation in migration.operations:
            yield label, operation


def _models(label: str, names: tuple[str, ...]) -> Iterator[type[Model]]:
    """Those that a later migration took away need no fence."""
    ours = {model.__name__.lower(): model for model in apps.get_app_config(label).get_models()}
    return (ours[name.lower()] for name in names if name.lower() in ours)


def _tables(label: str, names: tuple[str, ...]) -> list[str]:
    return [model._meta.db_table for model in _models(label, names)]


def _of_history() -> Iterator[Trigger]:
    """What `keep_history` hangs on a model: the names are those of the triggers and of their functions alike."""
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", ()):
            name = trigger.get_pgid(model)
            yield Trigger(model._meta.db_table, name, name)
